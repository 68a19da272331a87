import { randomBytes, scrypt } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { z } from 'zod';
import { CommandError } from '../process/command-error.js';
import { Secrets } from '../secrets/secrets.js';

/** OWASP's 128 MiB setting for scrypt: a backup may be attacked for years (Password Storage Cheat Sheet). */
const COST = { N: 2 ** 17, r: 8, p: 1 };

const KEY_BYTES = 32;
const CONTEXT = 'backup-key';

/** Costs of other builds are taken, but none that fills the memory. */
const keyFile = z.object({
  rollcallKey: z.literal(1),
  N: z
    .int()
    .min(2)
    .max(2 ** 20),
  r: z.int().min(1).max(32),
  p: z.int().min(1).max(16),
  salt: z.base64(),
  sealed: z.string(),
});

type KeyFile = z.infer<typeof keyFile>;

/** Writes the secret key to a new private file, encrypted with the passphrase. */
export async function writeKeyFile(path: string, secretKey: Buffer, passphrase: string) {
  const salt = randomBytes(16);
  const key = await keyOf(passphrase, salt, COST);
  const sealed = new Secrets(key).seal(secretKey.toString('hex'), CONTEXT);
  const file: KeyFile = { rollcallKey: 1, ...COST, salt: salt.toString('base64'), sealed };
  await writeFile(path, `${JSON.stringify(file)}\n`, { mode: 0o600, flag: 'wx' });
}

/** The secret key in such a file. @throws CommandError where the file is missing or wrong, or the passphrase */
export async function readKeyFile(path: string, passphrase: string): Promise<Buffer> {
  const { salt, sealed, ...cost } = await parsed(path);
  const key = await keyOf(passphrase, Buffer.from(salt, 'base64'), cost);
  const plain = new Secrets(key).tryOpen(sealed, CONTEXT);
  if (plain === undefined)
    throw new CommandError(`The passphrase does not open ${path}. Use the one of this backup.`);
  return Buffer.from(plain, 'hex');
}

async function parsed(path: string): Promise<KeyFile> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new CommandError(
      `The key file ${path} cannot be read (${error.code}). It belongs beside the backup.`,
    );
  });
  try {
    return keyFile.parse(JSON.parse(text));
  } catch (cause) {
    throw new CommandError(`${path} is no key file of a backup. Get the whole file again.`, {
      cause,
    });
  }
}

const derive = promisify<string, Buffer, number, object, Buffer>(scrypt);

/** The same characters, typed on another system, may have other bytes. */
const keyOf = (passphrase: string, salt: Buffer, { N, r, p }: typeof COST): Promise<Buffer> =>
  derive(passphrase.normalize('NFC'), salt, KEY_BYTES, { N, r, p, maxmem: 256 * N * r });
