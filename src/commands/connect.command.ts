import type { Command } from 'commander';
import { TeamsService } from '../accounts/teams.service.js';
import {
  type Connected,
  IntegrationConnector,
} from '../integrations/integration-connector.service.js';
import { presentIntegration } from '../integrations/present-integration.js';
import { UsageError } from '../platform/process/command-error.js';
import { print, tell } from '../platform/process/output.js';
import { json } from './json.js';
import { type OneShotOptions, oneShot, withApp } from './one-shot.js';
import { readSecret } from './secret-input.js';

interface ConnectOptions extends OneShotOptions {
  apiUrl?: string;
  tokenStdin?: boolean;
}

export function addConnect(program: Command): void {
  oneShot(program, 'connect <org>')
    .description('check a token and store it for an organization')
    .option('--token-stdin', 'read the token from stdin (there is no other way)')
    .option('--api-url <url>', 'the API of a GitHub Enterprise Server: https://HOST/api/v3')
    .action(connect);
}

async function connect(organization: string, options: ConnectOptions): Promise<void> {
  if (!options.tokenStdin)
    throw new UsageError('`connect` reads the token from stdin only: add --token-stdin.');
  const token = await readSecret('token');
  const connected = await withApp(async (app) => {
    const { id: teamId } = await app.get(TeamsService).get(options.team);
    const { apiUrl } = options;
    return app.get(IntegrationConnector).connect({ teamId, organization, token, apiUrl });
  });
  await report(connected, options);
}

async function report({ integration, replaced }: Connected, options: OneShotOptions) {
  const { organizationLogin, id } = integration;
  if (replaced)
    tell(
      `${organizationLogin} was connected before: its credential is replaced, the rest is kept.`,
    );
  await print(
    options.json
      ? json({ integration: presentIntegration(integration) })
      : `Connected ${organizationLogin} (integration ${id}). Next: rollcall sync ${organizationLogin}\n`,
  );
}
