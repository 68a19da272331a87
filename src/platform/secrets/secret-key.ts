import { randomBytes } from 'node:crypto';
import { link, mkdir, readFile, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config } from '../../config/config.js';
import { makePrivate } from '../private-files.js';
import { CommandError } from '../process/command-error.js';
import { Secrets } from './secrets.js';

export const loadSecrets = async ({
  secretKey,
  dataDir,
}: Pick<Config, 'secretKey' | 'dataDir'>): Promise<Secrets> =>
  new Secrets(secretKey ?? (await keptSecretKey(dataDir)));

/**
 * The key of an embedded installation, in its data folder, made on the first start. The file appears complete or not at
 * all. Of two processes, the second takes the first one's key.
 */
export async function keptSecretKey(dataDir: string): Promise<Buffer> {
  const path = join(dataDir, 'secret.key');
  await makePrivate(path);
  const kept = await read(path);
  if (kept) return kept;
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  const draft = `${path}.${process.pid}.${randomBytes(4).toString('hex')}`;
  await writeFile(draft, randomBytes(32).toString('hex'), { mode: 0o600, flag: 'wx' });
  await link(draft, path)
    .catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    })
    .finally(() => unlink(draft));
  return keptSecretKey(dataDir);
}

async function read(path: string): Promise<Buffer | undefined> {
  try {
    return parse(path, await readFile(path, 'utf8'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** A truncated file must not become a weaker key. */
function parse(path: string, text: string): Buffer {
  if (/^[0-9a-f]{64}\s*$/i.test(text)) return Buffer.from(text.trim(), 'hex');
  throw new CommandError(
    `${path} does not hold 32 bytes in hex. Restore it from a backup, or set SECRET_KEY.`,
  );
}
