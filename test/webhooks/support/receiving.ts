import { Webhook } from '../../../src/integrations/webhooks/webhook.entity.js';
import { Webhooks } from '../../../src/integrations/webhooks/webhooks.service.js';
import { deliver, type SentDelivery } from '../../support/deliveries.js';
import { connect } from '../../support/runs.js';
import { type ServiceOptions, startGithub } from '../../support/service.js';
import { until } from '../../support/until.js';
import { startWeb } from '../../support/web.js';

/** Hints stay as they are for so long, in ms. */
export const KEEP_HINTS = { WEBHOOK_GATHER_MS: '60000' };

/** A server that has connected `acme`, and what sends deliveries to the integration's address. */
export async function startReceiving(options: ServiceOptions = {}) {
  const github = await startGithub();
  const env = { GITHUB_API_URL: github.simulator.url, ...KEEP_HINTS, ...options.env };
  const service = await startWeb({ ...options, env });
  const integration = await connect(service, github.token);
  const webhooks = service.app.get(Webhooks, { strict: false });
  const secret = await webhooks.replaceSecret(integration);
  const url = await webhooks.url(integration);
  const { manager } = service.dataSource;
  return {
    ...github,
    service,
    integration,
    webhooks,
    secret,
    url,
    manager,
    send: (sent?: SentDelivery) => deliver(url, secret, sent),
    /** How many were refused, once that many are stored. */
    refusals: (expected: number, integrationId: number | null = integration.id) =>
      until(async () => {
        const all = await manager.find(Webhook);
        const refused = all.find((one) => one.integrationId === integrationId)?.refused ?? 0;
        return refused >= expected && refused;
      }),
  };
}
