import { ConfigError } from './config-error.js';
import { refuseQuotes } from './quotes.js';
import { readTextFile, UnusableFile } from './text-file.js';

/** The variables whose value may be in a file, which `NAME_FILE` names. Containers pass secrets in this way. */
export const SECRETS = [
  'SECRET_KEY',
  'SECRET_KEY_PREVIOUS',
  'ADMIN_PASSWORD',
  'DATABASE_URL',
  'REDIS_URL',
  'GITHUB_APP_PRIVATE_KEY',
  'GITHUB_CLIENT_SECRET',
  'GITHUB_WEBHOOK_SECRET',
  'OIDC_CLIENT_SECRET',
  'METRICS_TOKEN',
  'SMTP_URL',
];

/** In KiB. */
const MAX_SECRET_KIB = 64;

export const fileVariable = (name: string): string => `${name}_FILE`;

/**
 * The values of the secrets whose `NAME_FILE` is set. One newline at the end of a file is not part of the value.
 * @throws ConfigError that names `NAME_FILE`
 */
export function readSecretFiles(given: Record<string, string>): Record<string, string> {
  const read = SECRETS.filter((name) => given[fileVariable(name)] !== undefined).map((name) => [
    name,
    readSecret(name, given),
  ]);
  return Object.fromEntries(read);
}

function readSecret(name: string, given: Record<string, string>): string {
  const variable = fileVariable(name);
  const path = given[variable] ?? '';
  if (given[name] !== undefined)
    throw new ConfigError(variable, `cannot be set together with ${name}; unset one of them`);
  refuseQuotes(variable, path);
  try {
    const value = readTextFile(path, MAX_SECRET_KIB).replace(/\r?\n$/, '');
    if (value === '') throw new UnusableFile('is empty');
    return value;
  } catch (error) {
    // Without the path: it may be the secret itself, in the wrong variable.
    if (error instanceof UnusableFile)
      throw new ConfigError(variable, `is wrong: the file ${error.message}`);
    throw error;
  }
}
