import { constants } from 'node:fs';
import { access, stat, statfs } from 'node:fs/promises';
import type { Config } from '../../config/config.js';
import { type Finding, ok, problem, warning } from './finding.js';

const OTHERS = 0o077;
const MIB = 2 ** 20;

/** Less free space ends writes soon, in MiB. */
const LOW = 1_024;
const VERY_LOW = 100;

/** The folder of an embedded installation: its rights and its disk. */
export async function checkDataFolder({ database, dataDir }: Config): Promise<Finding[]> {
  if (database.type !== 'sqlite') return [];
  return [await permissions(dataDir), await disk(dataDir)];
}

async function permissions(dataDir: string): Promise<Finding> {
  const check = 'permissions';
  try {
    await access(dataDir, constants.R_OK | constants.W_OK);
    const { mode } = await stat(dataDir);
    if (mode & OTHERS)
      return warning(check, `Other users can read ${dataDir}. Run: chmod go= '${dataDir}'`);
    return ok(check, `${dataDir} is for this user alone.`);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT')
      return warning(check, `DATA_DIR ${dataDir} does not exist yet. The first start makes it.`);
    return problem(
      check,
      `DATA_DIR ${dataDir} cannot be written (${code}). Give the user that runs Rollcall permission to write to it.`,
    );
  }
}

async function disk(dataDir: string): Promise<Finding> {
  const check = 'disk';
  const space = await statfs(dataDir).catch(() => undefined);
  if (!space) return warning(check, `The free space of ${dataDir} is not known.`);
  const free = Math.floor((space.bavail * space.bsize) / MIB);
  const message = `${free.toLocaleString('en')} MiB are free in ${dataDir}.`;
  if (free < VERY_LOW) return problem(check, `${message} Free some: syncs cannot be stored.`);
  return free < LOW ? warning(check, `${message} Free some soon.`) : ok(check, message);
}
