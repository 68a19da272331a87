/** What one check of `rollcall doctor` found. */
export interface Finding {
  check: string;
  state: 'ok' | 'warning' | 'problem';
  /** What was found and, unless it is ok, what to do; one line. */
  message: string;
}

export const ok = (check: string, message: string): Finding => ({ check, state: 'ok', message });

export const warning = (check: string, message: string): Finding => ({
  ...{ check, state: 'warning', message },
});

export const problem = (check: string, message: string): Finding => ({
  ...{ check, state: 'problem', message },
});

/** The finding for an error; ours say what to do. */
export function problemOf(check: string, error: unknown): Finding {
  const { message, remedy = '' } = error as { message: string; remedy?: string };
  return problem(check, `${message} ${remedy}`.trim());
}
