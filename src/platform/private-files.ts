import { chmod, open, stat } from 'node:fs/promises';
import { Logger } from '@nestjs/common';

const OTHERS = 0o077;
const STICKY = 0o1000;

const logger = new Logger('PrivateFiles');

/** Creates an empty file with mode 0600 where there is none; an existing file is made private. */
export async function createPrivateFile(path: string): Promise<void> {
  try {
    const file = await open(path, 'wx', 0o600);
    await file.close();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    // An existing file is not opened: closing a database's file drops this process's locks on it
    // (https://sqlite.org/howtocorrupt.html, 2.2).
    await makePrivate(path);
  }
}

/** Removes the rights of group and others from a file or folder, if it exists. Warns where that fails. */
export async function makePrivate(path: string): Promise<void> {
  try {
    const { mode } = await stat(path);
    if ((mode & OTHERS) === 0) return;
    if (mode & STICKY) return warn(path, 'it is shared with other programs');
    await chmod(path, mode & ~OTHERS & 0o7777);
  } catch (error) {
    const { code = String(error) } = error as NodeJS.ErrnoException;
    if (code !== 'ENOENT') warn(path, code);
  }
}

function warn(path: string, why: string): void {
  logger.warn(
    `Other users may read ${path}, and its mode cannot be changed (${why}). Its owner should run: chmod go= '${path}'`,
  );
}
