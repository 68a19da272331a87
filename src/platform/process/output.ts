import { once } from 'node:events';

/** Writes to stdout, which is only for the requested output; waits for a slow reader. */
export async function print(text: string): Promise<void> {
  if (!process.stdout.write(text)) await once(process.stdout, 'drain');
}

/** Writes one line to stderr, which is for everything else. */
export function printError(line: string): void {
  process.stderr.write(`${line}\n`);
}

/** Ends the process after all output was written, even if connections are still open. */
export async function endProcess(code: number): Promise<never> {
  const { stdout, stderr } = process;
  await Promise.all(
    [stdout, stderr].map((stream) => new Promise<void>((done) => stream.write('', () => done()))),
  );
  process.exit(code);
}

/** Ends without an error where the reader has gone, as in `| head`. */
export function endWithReader(): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    process.exit(0);
  });
  process.stderr.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
}
