import { loadConfig } from '../config/config.js';
import { type Rotated, SecretKeyRotation } from '../integrations/secret-key/secret-key-rotation.js';
import { json } from '../platform/json.js';
import { CommandError } from '../platform/process/command-error.js';
import { print } from '../platform/process/output.js';
import { withApp } from './one-shot.js';

/** Encrypts the stored secrets with SECRET_KEY. @throws CommandError without SECRET_KEY_PREVIOUS */
export async function rotateKey(options: { json?: boolean }): Promise<void> {
  const config = loadConfig(process.env);
  if (!config.previousSecretKey) throw previousMissing(config.dataDir);
  const done = await withApp((app) => app.get(SecretKeyRotation).rotate(), config);
  await print(options.json ? json(done) : sentence(done));
}

function sentence({ rotated, unreadable }: Rotated): string {
  const lost = unreadable > 0 ? ` ${unreadable} open with neither key: connect again.` : '';
  return `${rotated} secrets are encrypted with SECRET_KEY now.${lost} Remove SECRET_KEY_PREVIOUS and restart every process.\n`;
}

const previousMissing = (dataDir: string) =>
  new CommandError(
    `Set SECRET_KEY to the new key and SECRET_KEY_PREVIOUS to the present one, then run it again. Without SECRET_KEY, the present key is in ${dataDir}/secret.key.`,
  );
