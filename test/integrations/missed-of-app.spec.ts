import { describe, expect, it } from 'vitest';
import { IntegrationConnector } from '../../src/integrations/connecting/integration-connector.js';
import { MemberSyncRun } from '../../src/integrations/runs/member-sync-run.entity.js';
import { ReceivingWatch } from '../../src/integrations/webhooks/missed/receiving-watch.js';
import { Webhook } from '../../src/integrations/webhooks/webhook.entity.js';
import { databaseTime } from '../../src/platform/database/dialect.js';
import { startGithubWithApp } from '../support/github-apps.js';
import { syncToEnd } from '../support/runs.js';
import { ways } from '../support/service.js';
import { until } from '../support/until.js';
import { startWeb } from '../support/web.js';

const SECRET = 'the-webhook-secret-of-the-app';

describe.each(ways)("deliveries of the GitHub App's webhook that failed, $way", (way) => {
  async function start() {
    const github = await startGithubWithApp();
    const { world, app, organization, simulator } = github;
    const { id: installationId } = world.installApp(app, organization);
    const env = { ...github.env, WEBHOOK_GATHER_MS: '0', GITHUB_WEBHOOK_SECRET: SECRET };
    const service = await startWeb({ ...way, env });
    const get = <T>(type: new (...args: never[]) => T) => service.app.get(type, { strict: false });
    const connect = { teamId: 1, organization: 'acme', installationId };
    const { integration } = await get(IntegrationConnector).connect(connect);
    await syncToEnd(service, integration.id);
    world.hooks.setForApp(app, { url: `${service.url}/webhooks/github`, secret: SECRET });
    const { manager } = service.dataSource;
    const runs = () => manager.findBy(MemberSyncRun, { trigger: 'webhook', state: 'complete' });
    organization.join(world.addUser());
    await until(async () => (await runs()).length === 1);
    return {
      ...{ ...github, integration, manager, runs, watch: get(ReceivingWatch) },
      failToTell: async () => {
        simulator.hooks.network = { failed: 1 };
        organization.join(world.addUser());
        await simulator.hooks.idle();
        simulator.hooks.network = {};
      },
      away: (seconds: number) =>
        manager.query(`UPDATE webhook_presence SET alive_at = ${databaseTime(manager, -seconds)}`),
    };
  }

  it('are asked for as the App and sent again, and nobody else is looked at', async () => {
    const { failToTell, away, watch, simulator, runs } = await start();
    await failToTell();
    await away(3600);
    await watch.look();
    await until(async () => (await runs()).length === 2);
    expect((await runs()).map(({ scope }) => scope)).toEqual(['people', 'people']);
    expect(simulator.requests.count(/^POST \/app\/hook\/deliveries\/\d+\/attempts$/)).toBe(1);
    expect(simulator.requests.count(/^GET \/orgs\/acme\/hooks/)).toBe(0);
  });

  it('lead to a run of everybody where GitHub does not list them', async () => {
    const { failToTell, away, watch, simulator, runs, integration, manager } = await start();
    await failToTell();
    simulator.faults.on(/^GET \/app\/hook\/deliveries/, { times: 9 }).status(404);
    await away(3600);
    await watch.look();
    await until(async () => (await runs()).length === 2);
    expect(await runs()).toMatchObject([{}, { scope: 'everybody', integrationId: integration.id }]);
    expect(await manager.count(Webhook)).toBe(2);
  });
});
