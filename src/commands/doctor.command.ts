import { Logger } from '@nestjs/common';
import { type Config, loadConfig } from '../config/config.js';
import { json } from '../platform/json.js';
import { CommandError } from '../platform/process/command-error.js';
import { print } from '../platform/process/output.js';
import { printable } from '../platform/process/printable.js';
import { StderrLogger } from '../platform/process/stderr-logger.js';
import { checkGithub, checkPublicUrl } from './doctor/addresses.js';
import { checkCredentials } from './doctor/credentials.js';
import { checkDataFolder } from './doctor/data-folder.js';
import { checkDatabase } from './doctor/database.js';
import { type Finding, ok } from './doctor/finding.js';
import { checkRedisServer } from './doctor/redis.js';
import { checkSmtp } from './doctor/smtp.js';

/** Checks what Rollcall needs around it, one line each. @throws CommandError where something is wrong */
export async function doctor(options: { json?: boolean }): Promise<void> {
  const config = loadConfig(process.env);
  // The findings say what a log would.
  Logger.overrideLogger(new StderrLogger('error', { traces: false }));
  const findings: Finding[] = [];
  for await (const finding of checks(config)) {
    findings.push(finding);
    if (!options.json) await print(line(finding));
  }
  if (options.json) await print(json({ findings }));
  const wrong = findings.filter(({ state }) => state === 'problem').length;
  if (wrong > 0)
    throw new CommandError(
      `${wrong} of ${findings.length} checks found a problem. Mend them, and run \`rollcall doctor\` again.`,
    );
}

async function* checks(config: Config): AsyncGenerator<Finding> {
  const { database } = config;
  yield ok('configuration', database.type === 'sqlite' ? 'Embedded (SQLite).' : 'Scaled (MySQL).');
  yield* await checkDataFolder(config);
  const opened = await checkDatabase(config);
  yield opened;
  yield* await checkRedisServer(config);
  yield* await checkGithub(config);
  yield await checkPublicUrl(config);
  yield* await checkSmtp(config);
  // Only a database with the current schema has what is checked next.
  if (opened.state === 'ok') yield* await checkCredentials(config);
}

const line = ({ check, state, message }: Finding): string =>
  `${state.padEnd('problem'.length)}  ${check}: ${printable(message)}\n`;
