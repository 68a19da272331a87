import { describe, expect, it } from 'vitest';
import type { GithubClient } from '../../src/github/client/github-client.js';
import type { TokenDetails } from '../../src/simulator/token.js';
import { SECRET } from '../simulator/support/hook-receiver.js';
import { HookStage } from '../simulator/support/hook-stage.js';
import { clientFor, ownClient } from '../support/github-client.js';

const TOKEN = 'ghp_TestTokenOfTheOwner';
const EVENTS = ['organization', 'team'];

async function stage(details: Partial<TokenDetails> = { scopes: ['admin:org_hook'] }) {
  const hooks = await HookStage.set();
  hooks.stage.world.addToken({ token: TOKEN, user: hooks.stage.owner, ...details });
  const client = ownClient(hooks.stage.simulator.url);
  const settings = { url: hooks.receiver.url, secret: SECRET, events: EVENTS };
  return { hooks, client, settings, world: hooks.stage.world };
}

describe("an organization's webhook", () => {
  it('is made, listed, changed and removed', async () => {
    const { client, settings, hooks } = await stage();
    expect(await client.hooks.list('acme')).toEqual([]);
    const id = await client.hooks.create('acme', settings);
    expect(await client.hooks.list('acme')).toEqual([{ id, url: settings.url }]);
    expect(hooks.hook).toMatchObject({ events: EVENTS, config: { contentType: 'json' } });
    await client.hooks.update('acme', id, { ...settings, secret: 'another' });
    expect(hooks.hook.config.secret).toBe('another');
    await client.hooks.remove('acme', id);
    await client.hooks.remove('acme', id);
    expect(await client.hooks.list('acme')).toEqual([]);
  });

  it('is listed behind the first page', async () => {
    const { client, world, hooks } = await stage();
    hooks.stage.simulator.hooks.network = { lost: 1 };
    for (let count = 0; count < 101; count++) {
      const config = { url: `https://example.com/${count}`, contentType: 'json' } as const;
      world.hooks.add(hooks.stage.organization, { config, events: [], active: true });
    }
    expect(await client.hooks.list('acme')).toHaveLength(101);
  });

  it("is refused with GitHub's words, and not tried again", async () => {
    const { client, settings, hooks } = await stage();
    await client.hooks.create('acme', settings);
    const before = hooks.stage.simulator.requests.count(/^POST/);
    await expect(client.hooks.create('acme', settings)).rejects.toMatchObject({
      code: 'webhook_refused',
      message: expect.stringContaining('Hook already exists on this organization'),
    });
    expect(hooks.stage.simulator.requests.count(/^POST/)).toBe(before + 1);
  });

  it.each([
    ['a classic token', { scopes: ['read:org'] }, 'admin:org_hook'],
    ['a fine-grained token', { kind: 'fine-grained' }, '"Webhooks: write"'],
  ] as [string, Partial<TokenDetails>, string][])(
    'needs a right, which is named for %s',
    async (_, details, right) => {
      const { client, settings } = await stage(details);
      for (const asked of [client.hooks.list('acme'), client.hooks.create('acme', settings)]) {
        await expect(asked).rejects.toMatchObject({
          code: 'missing_permission',
          message: expect.stringContaining('webhooks'),
          remedy: expect.stringContaining(right),
        });
      }
    },
  );
});

describe('failed deliveries', () => {
  it('are listed since a time, and sent again', async () => {
    const { client, settings, hooks } = await stage();
    const hookId = await client.hooks.create('acme', settings);
    await hooks.idle();
    hooks.receiver.status = 500;
    hooks.stage.organization.join(hooks.stage.outsider);
    await hooks.idle();
    const owner = { org: 'acme', hookId };
    const [delivery, ...others] = await client.hooks.failed(owner, new Date(0));
    expect(others).toEqual([]);
    expect(delivery).toMatchObject({ event: 'organization', action: 'member_added' });
    expect(await client.hooks.failed(owner, new Date(Date.now() + 1000))).toEqual([]);
    hooks.receiver.status = 202;
    await client.hooks.redeliver(owner, delivery?.id ?? '');
    await hooks.idle();
    const guids = hooks.receiver.received
      .slice(1)
      .map(({ headers }) => headers['x-github-delivery']);
    expect(guids).toEqual([delivery?.guid, delivery?.guid]);
  });

  it('are read from page to page', async () => {
    const { client, settings, hooks } = await stage();
    const hookId = await client.hooks.create('acme', settings);
    hooks.stage.simulator.hooks.network = { failed: 1 };
    for (let count = 0; count < 150; count++) {
      hooks.stage.organization.join(hooks.stage.world.addUser());
    }
    await hooks.idle();
    const failed = await client.hooks.failed({ org: 'acme', hookId }, new Date(0));
    expect(new Set(failed.map(({ guid }) => guid)).size).toBeGreaterThanOrEqual(150);
  });

  it('keep ids that no number holds', async () => {
    const id = '9007199254740993';
    const delivery = {
      guid: 'a-guid',
      delivered_at: '2026-01-01T00:00:00Z',
      status_code: 500,
      event: 'organization',
      action: null,
    };
    const text = `[{"id":${id},${JSON.stringify(delivery).slice(1)}]`;
    const client: GithubClient = clientFor('https://api.github.com', {}, async () =>
      Promise.resolve(new Response(text, { headers: { 'content-type': 'application/json' } })),
    );
    const failed = await client.hooks.failed({ org: 'acme', hookId: 1 }, new Date(0));
    expect(failed).toMatchObject([{ id }]);
  });
});
