/** A refusal of the credentials, or of a right that the user lacks. */
const CREDENTIALS: Record<string, string> = {
  NOAUTH: 'Redis wants a password',
  WRONGPASS: 'Redis refuses the user or the password',
  NOPERM: 'Redis gives the user too few rights',
};

const WRITES: Record<string, string> = {
  OOM: 'Redis is out of memory',
  READONLY: 'Redis is a read-only replica',
  MISCONF: 'Redis cannot save its data to disk',
  LOADING: 'Redis is still loading its data',
};

/** The code with which Redis answered; undefined where it did not answer. */
export function redisCode(error: unknown): string | undefined {
  if (!(error instanceof Error) || error.name !== 'ReplyError') return undefined;
  return /^[A-Z]+/.exec(error.message)?.[0];
}

export const isCredentialsRefused = (error: unknown): boolean =>
  (redisCode(error) ?? '') in CREDENTIALS;

/** Why a job could not be added, in words for people. Redis' own may name a user. */
export function redisProblem(error: unknown): string {
  const code = redisCode(error);
  if (code === undefined) return 'Redis cannot be reached';
  return `${CREDENTIALS[code] ?? WRITES[code] ?? 'Redis refuses commands'} (${code})`;
}
