import { userInfo } from 'node:os';
import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { asSender } from '../accounts/audit/audit-sender.js';
import { TeamsService } from '../accounts/users/teams.service.js';
import { type Config, loadConfig } from '../config/config.js';
import { CommandModule } from '../core.module.js';
import type { GithubIntegration } from '../integrations/connections/github-integration.entity.js';
import { IntegrationsService } from '../integrations/connections/integrations.service.js';
import { CommandError, UsageError } from '../platform/process/command-error.js';
import { StderrLogger } from '../platform/process/stderr-logger.js';
import { startDemo } from './demo-start.js';

export interface OneShotOptions {
  json?: boolean;
  team: string;
}

/** Does `work` with the application's services, also while a server runs. */
export async function withApp<T>(
  work: (app: INestApplicationContext) => Promise<T>,
  config: Config = loadConfig(process.env),
): Promise<T> {
  const app = await NestFactory.createApplicationContext(CommandModule.forRoot(config, startDemo), {
    logger: new StderrLogger('warn', { traces: false }),
    abortOnError: false,
  });
  try {
    return await asCommand(() => work(app));
  } finally {
    await app.close();
  }
}

/** What `work` does is recorded as done by whoever runs the command. */
export const asCommand = <T>(work: () => T): T =>
  asSender({ kind: 'command', name: osUser(), address: null }, work);

/** A container may run as a user without a name. */
function osUser(): string {
  try {
    return userInfo().username;
  } catch {
    return `user ${process.getuid?.() ?? 'unknown'}`;
  }
}

/** The team's integration that ORG means. @throws CommandError, UsageError where several match */
export async function integrationOf(
  app: INestApplicationContext,
  organization: string,
  teamSlug: string,
): Promise<GithubIntegration> {
  const team = await app.get(TeamsService).get(teamSlug);
  const [one, ...others] = await app.get(IntegrationsService).matching(team.id, organization);
  if (!one)
    throw new CommandError(
      `The team '${teamSlug}' has no organization '${organization}'. Connect it with \`rollcall connect\`, or use --team for another team.`,
    );
  if (others.length === 0) return one;
  const ids = [one, ...others].map(({ id, apiUrl }) => `${id} (${apiUrl})`).join(', ');
  throw new UsageError(
    `'${organization}' matches several organizations. Use one of these ids: ${ids}.`,
  );
}
