import { TeamsService } from '../accounts/users/teams.service.js';
import { IntegrationConnector } from '../integrations/connecting/integration-connector.js';
import type { Connected } from '../integrations/connecting/store-integration.js';
import { presentIntegration } from '../integrations/connections/present-integration.js';
import { json } from '../platform/json.js';
import { print, printError } from '../platform/process/output.js';
import { type OneShotOptions, withApp } from './one-shot.js';
import { readSecret } from './secret-input.js';

interface ConnectOptions extends OneShotOptions {
  apiUrl?: string;
  publicOnly?: boolean;
}

export async function connect(organization: string, options: ConnectOptions): Promise<void> {
  const token = await readSecret('token');
  const connected = await withApp(async (app) => {
    const { id: teamId } = await app.get(TeamsService).get(options.team);
    const { apiUrl, publicOnly } = options;
    const request = { teamId, organization, token, apiUrl, publicOnly };
    return app.get(IntegrationConnector).connect(request);
  });
  await report(connected, options);
}

async function report({ integration, replaced }: Connected, options: OneShotOptions) {
  const { organizationLogin, id } = integration;
  if (replaced)
    printError(
      `${organizationLogin} was already connected. Its credential was replaced; everything else was kept.`,
    );
  await print(
    options.json
      ? json({ integration: presentIntegration(integration) })
      : `Connected ${organizationLogin} (integration ${id}). Next: rollcall sync ${organizationLogin}\n`,
  );
}
