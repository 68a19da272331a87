import { type DataSource, type EntityManager, Not } from 'typeorm';
import { recordAudit } from '../../accounts/audit/record-audit.js';
import { isDuplicate } from '../../platform/database/dialect.js';
import { inTransaction } from '../../platform/database/transaction.js';
import { CommandError } from '../../platform/process/command-error.js';
import type { Secrets } from '../../platform/secrets/secrets.js';
import { Credential } from '../connections/credential.entity.js';
import { isReadable } from '../connections/credential-secret.js';
import { SecretKeyCheck } from './secret-key-check.entity.js';

const ID = 1;

/**
 * Compares the key with the database's check value. The first process that finds none stores one, unless the database has
 * credentials and the key opens none of them.
 * @throws CommandError that names SECRET_KEY
 */
export async function checkSecretKey(dataSource: DataSource, secrets: Secrets): Promise<void> {
  const { manager } = dataSource;
  const kept =
    (await manager.findOneBy(SecretKeyCheck, { id: ID })) ?? (await keepFirst(dataSource, secrets));
  if (!checkValues(secrets).includes(kept.checkValue)) throw wrongSecretKey();
}

/** Accepts the key from now on, although stored credentials may need another. */
export async function acceptSecretKey(dataSource: DataSource, secrets: Secrets): Promise<void> {
  await inTransaction(dataSource, async (manager) => {
    if (!(await keepSecretKey(manager, secrets))) return;
    const accepted = { action: 'secret_key.accept', subject: 'SECRET_KEY' } as const;
    await recordAudit(manager, { ...accepted, teamId: null });
  });
}

/** False where it is the key of the database already. */
export async function keepSecretKey(manager: EntityManager, secrets: Secrets): Promise<boolean> {
  const check = newCheck(secrets);
  const kept = await manager.findOneBy(SecretKeyCheck, { id: ID });
  if (kept?.checkValue === check.checkValue) return false;
  await manager.save(SecretKeyCheck, check);
  return true;
}

async function keepFirst(dataSource: DataSource, secrets: Secrets): Promise<SecretKeyCheck> {
  const { manager } = dataSource;
  const credentials = await manager.findBy(Credential, { sealedSecret: Not('') });
  const isRight = credentials.length === 0 || credentials.some((one) => isReadable(secrets, one));
  if (!isRight) throw wrongSecretKey();
  await manager.insert(SecretKeyCheck, newCheck(secrets)).catch((error: unknown) => {
    // Another process was faster; compare with its key.
    if (!isDuplicate(error)) throw error;
  });
  return manager.findOneByOrFail(SecretKeyCheck, { id: ID });
}

const newCheck = (secrets: Secrets): SecretKeyCheck => ({
  id: ID,
  checkValue: checkValues(secrets)[0],
  createdAt: new Date(),
});

/** Of the secret key, and of the previous one while keys are rotated. */
const checkValues = (secrets: Secrets): [string, ...string[]] =>
  secrets.keys('check').map((key) => key.toString('hex')) as [string, ...string[]];

const wrongSecretKey = () =>
  new CommandError(
    'SECRET_KEY is not the key of this database. Set the right key, or restore secret.key in DATA_DIR from a backup. If the key is lost, run `rollcall migrate --accept-secret-key`. Every organization must then be connected again.',
  );
