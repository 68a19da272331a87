/** An entry of a server's log. */
export interface LogLine {
  level: string;
  time: string;
  msg?: string;
  [field: string]: unknown;
}

/** The entries in what a server wrote to stderr. @throws SyntaxError for a line that is not one */
export const logLines = (stderr: string): LogLine[] =>
  stderr
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as LogLine);
