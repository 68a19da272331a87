/** One line of the table. */
export interface Row {
  what: string;
  measured: string;
  mustReach: string;
  ok: boolean;
}

const HEAD = ['what', 'measured', 'must reach', 'ok'];

/** The rows as Markdown. */
export function tableOf(rows: Row[]): string {
  const cells = rows.map(({ what, measured, mustReach, ok }) => [
    ...[what, measured, mustReach],
    ok ? 'yes' : '**no**',
  ]);
  const lines = [HEAD, HEAD.map(() => '---'), ...cells];
  return lines.map((line) => `| ${line.join(' | ')} |\n`).join('');
}
