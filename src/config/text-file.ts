import { closeSync, constants, fstatSync, openSync, readFileSync } from 'node:fs';

/** Why a file cannot be used, as the end of a sentence that begins with the file. Without the path. */
export class UnusableFile extends Error {}

const KIB = 1024;

const REASONS: Record<string, string> = {
  ENOENT: 'does not exist; check the path',
  ENOTDIR: 'does not exist; check the path',
  EACCES: 'cannot be read by Rollcall; give its user permission to read it',
  EPERM: 'cannot be read by Rollcall; give its user permission to read it',
};

/**
 * The text of a small file, without a byte order mark.
 * @param atMost its largest size, in KiB
 * @throws UnusableFile
 */
export function readTextFile(path: string, atMost: number): string {
  const text = decoded(readBytes(path, atMost));
  if (text === '') throw new UnusableFile('is empty');
  return text;
}

function readBytes(path: string, atMost: number): Buffer {
  try {
    // Without O_NONBLOCK, opening a pipe that nobody writes to would wait for ever.
    const file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
    try {
      refuseKind(file, atMost);
      return readFileSync(file);
    } finally {
      closeSync(file);
    }
  } catch (cause) {
    if (cause instanceof UnusableFile) throw cause;
    const { code = 'unknown reason' } = cause as NodeJS.ErrnoException;
    throw new UnusableFile(REASONS[code] ?? `cannot be read (${code})`, { cause });
  }
}

function refuseKind(file: number, atMost: number): void {
  const stat = fstatSync(file);
  if (stat.isDirectory()) throw new UnusableFile('is a folder; use a file in it');
  if (!stat.isFile()) throw new UnusableFile('is not a regular file');
  if (stat.size > atMost * KIB) throw new UnusableFile(`is larger than ${atMost} KiB`);
}

function decoded(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new UnusableFile('is not text in UTF-8', { cause });
  }
}
