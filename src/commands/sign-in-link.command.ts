import { SignInLinks } from '../accounts/sign-in/sign-in-links.js';
import { loadConfig } from '../config/config.js';
import { json } from '../platform/json.js';
import { print, printError } from '../platform/process/output.js';
import { withApp } from './one-shot.js';

export async function signInLink(email: string, options: { json?: boolean }): Promise<void> {
  const config = loadConfig(process.env);
  const { code, expiresAt } = await withApp((app) => app.get(SignInLinks).make(email), config);
  const url = `${config.publicUrl ?? `http://${config.host}:${config.port}`}/sign-in/link/${code}`;
  if (options.json) return print(json({ url, expiresAt }));
  printError('The link works once, within 10 minutes. Give it to nobody else.');
  await print(`${url}\n`);
}
