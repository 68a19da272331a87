import { once } from 'node:events';

/** Writes to stdout, which holds what was asked for and nothing else; waits where its reader is slow. */
export async function print(text: string): Promise<void> {
  if (!process.stdout.write(text)) await once(process.stdout, 'drain');
}

/** Writes one line to stderr, which takes all the rest. */
export function printError(line: string): void {
  process.stderr.write(`${line}\n`);
}

/** Ends the process once its readers have what was written to them, whatever is still open. */
export async function endProcess(code: number): Promise<never> {
  const { stdout, stderr } = process;
  await Promise.all(
    [stdout, stderr].map((stream) => new Promise<void>((done) => stream.write('', () => done()))),
  );
  process.exit(code);
}

/** Ends quietly where the reader has gone, as in `| head`; nobody is left to be told. */
export function endWithReader(): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    process.exit(0);
  });
  process.stderr.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
}
