/** Says how far the bench has come. */
export const tell = (line: string): void => void process.stderr.write(`${line}\n`);
