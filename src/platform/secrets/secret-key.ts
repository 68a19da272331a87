import { randomBytes } from 'node:crypto';
import { link, mkdir, readFile, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config } from '../../config/config.js';
import { makePrivate } from '../private-files.js';
import { CommandError } from '../process/command-error.js';
import { Secrets } from './secrets.js';

export const loadSecrets = async ({
  secretKey,
  previousSecretKey,
  dataDir,
}: Pick<Config, 'secretKey' | 'previousSecretKey' | 'dataDir'>): Promise<Secrets> =>
  new Secrets(secretKey ?? (await keptSecretKey(dataDir)), previousSecretKey);

/** The key of an embedded installation, in its data folder, made on the first start. */
export async function keptSecretKey(dataDir: string): Promise<Buffer> {
  const kept = await findSecretKey(dataDir);
  if (kept) return kept;
  await keepSecretKey(dataDir, randomBytes(32));
  return keptSecretKey(dataDir);
}

/** Undefined where there is none yet. */
export async function findSecretKey(dataDir: string): Promise<Buffer | undefined> {
  const path = pathIn(dataDir);
  await makePrivate(path);
  return read(path);
}

/** The file appears complete or not at all. Of two processes, the second leaves the first one's key. */
export async function keepSecretKey(dataDir: string, secretKey: Buffer): Promise<void> {
  const path = pathIn(dataDir);
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  const draft = `${path}.${process.pid}.${randomBytes(4).toString('hex')}`;
  await writeFile(draft, secretKey.toString('hex'), { mode: 0o600, flag: 'wx' });
  await link(draft, path)
    .catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    })
    .finally(() => unlink(draft));
}

const pathIn = (dataDir: string): string => join(dataDir, 'secret.key');

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
