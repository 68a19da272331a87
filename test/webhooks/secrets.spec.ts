import { describe, expect, it, vi } from 'vitest';
import { AuditEntry } from '../../src/accounts/audit/audit-entry.entity.js';
import { TeamsService } from '../../src/accounts/users/teams.service.js';
import { Hint } from '../../src/integrations/hints/hint.entity.js';
import { Webhook } from '../../src/integrations/webhooks/webhook.entity.js';
import { Webhooks } from '../../src/integrations/webhooks/webhooks.service.js';
import { deliver, memberEvent } from '../support/deliveries.js';
import { connect } from '../support/runs.js';
import { ways } from '../support/service.js';
import { startReceiving } from './support/receiving.js';

const HOUR = 3_600_000;

describe.each(ways)('the address and the secret of an integration, $way', (way) => {
  it('are made when first asked for, and stay', async () => {
    const { webhooks, integration, url, secret, manager, service } = await startReceiving(way);
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/webhooks\/github\/[0-9a-f]{32}$/);
    expect(url.startsWith(service.url)).toBe(true);
    expect(secret).toMatch(/^[0-9a-f]{64}$/);
    const asked = await Promise.all([1, 2, 3].map(() => webhooks.url(integration)));
    expect(new Set(asked)).toEqual(new Set([url]));
    expect(JSON.stringify(await manager.find(Webhook))).not.toContain(secret);
  });

  it('are made once, whoever asks at the same time', async () => {
    const { webhooks, integration, manager } = await startReceiving(way);
    await manager.delete(Webhook, { integrationId: integration.id });
    const asked = await Promise.all([1, 2, 3].map(() => webhooks.url(integration)));
    expect(new Set(asked).size).toBe(1);
    expect(await manager.count(Webhook)).toBe(1);
  });

  it('may be replaced, and every secret before holds for an hour', async () => {
    const { webhooks, integration, url, secret, manager } = await startReceiving(way);
    const second = await webhooks.replaceSecret(integration);
    const third = await webhooks.replaceSecret(integration);
    expect(new Set([secret, second, third]).size).toBe(3);
    const statuses = () =>
      Promise.all([secret, second, third].map(async (one) => (await deliver(url, one)).status));
    expect(await statuses()).toEqual([202, 202, 202]);
    const now = Date.now();
    vi.spyOn(Date, 'now').mockReturnValue(now + HOUR);
    expect(await statuses()).toEqual([401, 401, 202]);
    vi.restoreAllMocks();
    const entries = await manager.findBy(AuditEntry, { action: 'webhook.secret' });
    expect(entries).toMatchObject([1, 2, 3].map(() => ({ subject: 'acme' })));
    for (const one of [secret, second, third]) expect(JSON.stringify(entries)).not.toContain(one);
  });

  it('are an own one for each team that has the organization', async () => {
    const { service, token, organization, webhooks, integration, url, secret, manager } =
      await startReceiving(way);
    const blue = await service.app.get(TeamsService, { strict: false }).findOrCreate('blue');
    const theirs = await connect(service, token, { teamId: blue.id });
    const [theirUrl, theirSecret] = [
      await webhooks.url(theirs),
      await webhooks.replaceSecret(theirs),
    ];
    const payload = memberEvent(organization.id, { id: 7 });
    expect((await deliver(theirUrl, secret, { payload })).status).toBe(401);
    expect((await deliver(url, theirSecret, { payload })).status).toBe(401);
    expect((await deliver(theirUrl, theirSecret, { payload, guid: 'one' })).status).toBe(202);
    expect(await manager.find(Hint)).toMatchObject([{ integrationId: theirs.id }]);
    expect((await deliver(url, secret, { payload, guid: 'one' })).status).toBe(202);
    expect((await manager.find(Hint)).map(({ integrationId }) => integrationId).sort()).toEqual([
      integration.id,
      theirs.id,
    ]);
  });

  it('work at once, also where another process made them', async () => {
    const { service, integration, manager, secret, url } = await startReceiving(way);
    expect((await deliver(url, secret)).status).toBe(202);
    await manager.delete(Webhook, { integrationId: integration.id });
    const webhooks = service.app.get(Webhooks, { strict: false });
    const again = await webhooks.replaceSecret(integration);
    expect((await deliver(await webhooks.url(integration), again)).status).toBe(202);
    expect((await deliver(url, secret)).status).toBe(404);
  });
});
