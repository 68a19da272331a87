import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { INestApplicationContext } from '@nestjs/common';
import { TeamsService } from '../accounts/users/teams.service.js';
import { UsersService } from '../accounts/users/users.service.js';
import { type Config, loadConfig } from '../config/config.js';
import type { RunningDemo } from '../github/demo/demo-github.js';
import { IntegrationConnector } from '../integrations/connecting/integration-connector.js';
import { OrganizationHooks } from '../integrations/webhooks/organization-hook.js';
import { startWeb } from '../main.js';
import { isPortTaken } from '../platform/process/listen.js';
import { print, printError } from '../platform/process/output.js';
import { startDemoGithub } from './demo-github.js';
import { integrationOf, type OneShotOptions, withApp } from './one-shot.js';
import { FAILED } from './outcome.js';
import { syncMembers } from './sync.command.js';

interface DemoOptions extends OneShotOptions {
  once?: boolean;
}

/** If it is taken and was not chosen by the user, any other port is used. */
const USUAL_PORT = 3000;

/** Shows Rollcall with simulated data: without configuration or network, in its own folder. */
export async function demo(options: DemoOptions): Promise<void> {
  const dataDir = await mkdtemp(join(tmpdir(), 'rollcall-demo-'));
  // Deletes the data even after an error.
  process.once('exit', () => rmSync(dataDir, { recursive: true, force: true }));
  process.once('SIGINT', stop).once('SIGTERM', stop);
  printError(`The demo keeps its data in ${dataDir} and deletes it at the end.`);
  const github = await startDemoGithub();
  const config = demoConfig(process.env, dataDir, github.url);
  process.exitCode = await withApp((app) => show(app, config, github, options), config);
  if (options.once) return github.stop();
  process.off('SIGINT', stop).off('SIGTERM', stop);
  const address = await servePages(config, options);
  await withApp((app) => makeWebhook(app, github, options), { ...config, publicUrl: address });
  github.comeToLife();
}

const newPassword = () => randomBytes(9).toString('base64url');

const stop = () => process.exit(FAILED);

/** Uses only the variables for the address and the sign-in. */
function demoConfig(
  { HOST, PORT, ADMIN_EMAIL, ADMIN_PASSWORD, ADMIN_PASSWORD_FILE }: NodeJS.ProcessEnv,
  dataDir: string,
  apiUrl: string,
): Config {
  return loadConfig({
    HOST,
    PORT,
    ADMIN_EMAIL,
    ADMIN_PASSWORD: ADMIN_PASSWORD || (ADMIN_PASSWORD_FILE ? undefined : newPassword()),
    ADMIN_PASSWORD_FILE,
    DATA_DIR: dataDir,
    GITHUB_API_URL: apiUrl,
  });
}

async function show(
  app: INestApplicationContext,
  { admin }: Config,
  { organization, token }: RunningDemo,
  options: DemoOptions,
): Promise<number> {
  const { email, password = '' } = admin;
  await app.get(UsersService).makeFirst({ email, password, teamSlug: options.team });
  const { id: teamId } = await app.get(TeamsService).get(options.team);
  const request = { teamId, organization, token };
  const { integration } = await app.get(IntegrationConnector).connect(request);
  return syncMembers(app, integration, options);
}

/** Afterwards, because only the web server knows its address. */
async function makeWebhook(
  app: INestApplicationContext,
  { organization }: RunningDemo,
  { team }: DemoOptions,
): Promise<void> {
  const integration = await integrationOf(app, organization, team);
  await app.get(OrganizationHooks, { strict: false }).make(integration);
}

/** @returns the address */
async function servePages(config: Config, options: DemoOptions): Promise<string> {
  const { email, password } = config.admin;
  const address = await startWeb(config, { level: 'warn' }).catch((error: unknown) => {
    if (config.port !== USUAL_PORT || !isPortTaken(error)) throw error;
    return startWeb({ ...config, port: 0 }, { level: 'warn' });
  });
  const lines = `Rollcall is ready on ${address}\nSign in as ${email} with the password ${password}\n`;
  if (options.json) printError(lines.trimEnd());
  else await print(lines);
  return address;
}
