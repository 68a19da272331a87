import { describe, expect, it } from 'vitest';
import { MemberSyncRun } from '../../src/integrations/runs/member-sync-run.entity.js';
import { ReceivingWatch } from '../../src/integrations/webhooks/missed/receiving-watch.js';
import { OrganizationHooks } from '../../src/integrations/webhooks/organization-hook.js';
import { Webhook } from '../../src/integrations/webhooks/webhook.entity.js';
import { WebhookDelivery } from '../../src/integrations/webhooks/webhook-delivery.entity.js';
import { databaseTime } from '../../src/platform/database/dialect.js';
import { connect, finished, syncToEnd } from '../support/runs.js';
import { startGithub, ways } from '../support/service.js';
import { until } from '../support/until.js';
import { startWeb } from '../support/web.js';

const ATTEMPTS = /^POST .*\/attempts$/;

describe.each(ways)('deliveries that failed, $way', (way) => {
  async function start() {
    const github = await startGithub();
    const { world, owner, token, simulator, organization } = github;
    const allow = (scopes: string[]) => world.addToken({ token, user: owner, scopes });
    allow(['read:org', 'admin:org_hook']);
    const env = { GITHUB_API_URL: simulator.url, WEBHOOK_GATHER_MS: '0' };
    const service = await startWeb({ ...way, env });
    const { manager } = service.dataSource;
    const watch = service.app.get(ReceivingWatch, { strict: false });
    const integration = await connect(service, token);
    await syncToEnd(service, integration.id);
    await service.app.get(OrganizationHooks, { strict: false }).make(integration);
    await simulator.hooks.idle();
    const set = (column: string, secondsAgo: number) =>
      manager.query(
        `UPDATE webhook_presence SET ${column} = ${databaseTime(manager, -secondsAgo)}`,
      );
    await until(async () => (await manager.query('SELECT id FROM webhook_presence'))[0]);
    return {
      ...{ ...github, service, integration, manager, watch, allow, set },
      row: () => manager.findOneByOrFail(Webhook, { integrationId: integration.id }),
      attempts: () => simulator.requests.count(ATTEMPTS),
      /** Somebody joins, and GitHub cannot tell. */
      failToTell: async (people = 1) => {
        simulator.hooks.network = { failed: 1 };
        for (let count = 0; count < people; count++) organization.join(world.addUser());
        await simulator.hooks.idle();
        simulator.hooks.network = {};
      },
      /** Ten minutes later. */
      look: async () => {
        await set('asked_at', 601);
        await manager.query(
          `UPDATE webhook_redeliveries SET tried_at = ${databaseTime(manager, -601)}`,
        );
        await watch.look();
        await simulator.hooks.idle();
      },
      run: async (scope: string) => {
        const found = await until(async () => {
          const [run] = await manager.findBy(MemberSyncRun, { trigger: 'webhook' });
          return run;
        });
        expect(found.scope).toBe(scope);
        return finished(service, found.id);
      },
      runs: () => manager.countBy(MemberSyncRun, { trigger: 'webhook' }),
    };
  }

  it('are sent again once, and what they told is looked at', async () => {
    const { failToTell, look, attempts, run, manager, row } = await start();
    await failToTell();
    await look();
    expect(attempts()).toBe(1);
    expect((await row()).accepted).toBe(1);
    expect((await run('people')).state).toBe('complete');
    expect(await manager.countBy(WebhookDelivery, { webhookId: (await row()).id })).toBeGreaterThan(
      0,
    );
    await look();
    expect(attempts()).toBe(1);
  });

  it('are sent again at most three times', async () => {
    const { failToTell, look, attempts, simulator } = await start();
    await failToTell();
    simulator.hooks.network = { failed: 1 };
    for (let count = 0; count < 5; count++) await look();
    expect(attempts()).toBe(3);
  });

  it('are asked for by one process, and not again within ten minutes', async () => {
    const { failToTell, set, watch, attempts, simulator } = await start();
    await failToTell();
    await set('asked_at', 601);
    await Promise.all([watch.look(), watch.look(), watch.look()]);
    await simulator.hooks.idle();
    expect(attempts()).toBe(1);
    const before = simulator.requests.count(/deliveries/);
    await watch.look();
    expect(simulator.requests.count(/deliveries/)).toBe(before);
  });

  it('are too many to send each again: one run of everybody finds what they told', async () => {
    const { failToTell, look, attempts, run, runs } = await start();
    await failToTell(101);
    await look();
    expect((await run('everybody')).result).toMatchObject({ created: 101 });
    await look();
    expect(attempts()).toBe(0);
    expect(await runs()).toBe(1);
  });

  it('are sent again after an absence, and nothing else is done', async () => {
    const { failToTell, set, watch, attempts, run, simulator, runs } = await start();
    await failToTell();
    await set('alive_at', 3600);
    await watch.look();
    await simulator.hooks.idle();
    expect(attempts()).toBe(1);
    expect((await run('people')).state).toBe('complete');
    expect(await runs()).toBe(1);
  });

  it('of which the credential is told nothing lead to a run of everybody, after an absence', async () => {
    const { failToTell, set, watch, allow, look, run, runs } = await start();
    await failToTell();
    allow(['read:org']);
    await look();
    await set('alive_at', 290);
    await watch.look();
    expect(await runs()).toBe(0);
    await set('alive_at', 301);
    await Promise.all([watch.look(), watch.look()]);
    expect((await run('everybody')).result).toMatchObject({ created: 1 });
    await watch.look();
    expect(await runs()).toBe(1);
  });

  it('are listed for three days: a longer absence leads to a run of everybody', async () => {
    const { set, watch, run } = await start();
    await set('alive_at', 3 * 86_400 + 60);
    await watch.look();
    expect((await run('everybody')).state).toBe('complete');
  });

  it('hold up no shutdown, and log nothing then', async () => {
    const { service, watch, simulator, set } = await start();
    const held = simulator.faults.on(/deliveries/).hold();
    await set('asked_at', 601);
    const looking = watch.look();
    await held.arrived;
    await service.app.get(ReceivingWatch, { strict: false }).onModuleDestroy();
    await expect(looking).resolves.toBeUndefined();
  });

  it('concern nobody without a webhook', async () => {
    const { set, watch, manager, runs, simulator, integration } = await start();
    await manager.delete(Webhook, { integrationId: integration.id });
    simulator.requests.reset();
    await set('alive_at', 3600);
    await watch.look();
    expect(simulator.requests.total).toBe(0);
    expect(await runs()).toBe(0);
  });
});
