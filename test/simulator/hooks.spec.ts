import { describe, expect, it } from 'vitest';
import { AppStage } from './support/app-stage.js';
import { SECRET } from './support/hook-receiver.js';
import { HOOK_OWNER, HookStage } from './support/hook-stage.js';
import { complaints, type Method } from './support/official-rest.js';
import { FINE, MEMBER, OUTSIDER, OWNER } from './support/stage.js';

const HOOKS = '/orgs/{org}/hooks';
const HOOK = '/orgs/{org}/hooks/{hook_id}';

async function expectAsDescribed(
  response: Response,
  path: string,
  status: number,
  method: Method = 'get',
): Promise<unknown> {
  expect(response.status).toBe(status);
  const body: unknown = await response.json();
  expect(complaints(path, status, body, method)).toEqual([]);
  return body;
}

describe('webhooks of an organization', () => {
  it('are made, shown, changed and removed, and their secret is never shown', async () => {
    const hooks = await HookStage.set();
    const made = await expectAsDescribed(await hooks.make(), HOOKS, 201, 'post');
    expect(made).toMatchObject({ active: true, config: { secret: '********' } });
    const { id } = hooks.hook;
    await expectAsDescribed(await hooks.send('GET', ''), HOOKS, 200);
    await expectAsDescribed(await hooks.send('GET', `/${id}`), HOOK, 200);
    const body = { events: ['team'], config: { url: hooks.receiver.url, content_type: 'form' } };
    const changed = await hooks.send('PATCH', `/${id}`, { body });
    const shown = await expectAsDescribed(changed, HOOK, 200, 'patch');
    expect(shown).toMatchObject({ events: ['team'], config: { content_type: 'form' } });
    expect(hooks.hook.config.secret).toBeUndefined();
    expect((await hooks.send('DELETE', `/${id}`)).status).toBe(204);
    await expectAsDescribed(await hooks.send('GET', `/${id}`), HOOK, 404);
  });

  it('are one for each address, and need one', async () => {
    const hooks = await HookStage.set();
    await hooks.make();
    const again = await expectAsDescribed(await hooks.make(), HOOKS, 422, 'post');
    expect(JSON.stringify(again)).toContain('Hook already exists on this organization');
    await expectAsDescribed(await hooks.make({ url: 'nowhere' }), HOOKS, 422, 'post');
    await expectAsDescribed(await hooks.make({}, { name: 'cron' }), HOOKS, 422, 'post');
  });

  it.each([
    ['an owner without the scope', OWNER, 404],
    ['a member', MEMBER, 404],
    ['somebody else', OUTSIDER, 404],
    ['a fine-grained token without "Webhooks"', FINE, 403],
  ])('are refused to %s', async (_, token, status) => {
    const hooks = await HookStage.set();
    const response = await hooks.send('GET', '', { token });
    expect(response.status).toBe(status);
    const scopes = response.headers.get('x-accepted-oauth-scopes');
    const permissions = response.headers.get('x-accepted-github-permissions');
    expect(scopes ?? permissions).toMatch(/^(admin:org_hook|organization_hooks=read)$/);
  });

  it('are read with "Webhooks: read", and made with "Webhooks: write"', async () => {
    const hooks = await HookStage.set();
    const { world, owner } = hooks.stage;
    for (const level of ['read', 'write'] as const) {
      world.addToken({ token: level, user: owner, kind: 'fine-grained', hooksPermission: level });
      expect((await hooks.send('GET', '', { token: level })).status).toBe(200);
    }
    const body = { name: 'web', config: { url: hooks.receiver.url } };
    expect((await hooks.send('POST', '', { token: 'read', body })).status).toBe(403);
    expect((await hooks.send('POST', '', { token: 'write', body })).status).toBe(201);
  });

  it("open to an installation that was granted them, and to no owner's token with less", async () => {
    const { stage, installation } = await AppStage.set();
    const token = stage.world.tokens.addInstallationToken(installation).token;
    expect((await stage.get('/orgs/acme/hooks', token)).status).toBe(403);
    installation.permissions = { members: 'read', organization_hooks: 'write' };
    expect((await stage.get('/orgs/acme/hooks', token)).status).toBe(200);
  });
});

describe('deliveries', () => {
  const LIST = `${HOOK}/deliveries`;

  it('are listed newest first, by pages with a cursor, and by how they ended', async () => {
    const hooks = await HookStage.set();
    await hooks.quiet();
    hooks.stage.organization.join(hooks.stage.outsider);
    await hooks.idle();
    hooks.receiver.status = 500;
    hooks.stage.organization.leave(hooks.stage.outsider);
    await hooks.idle();
    const path = `/${hooks.hook.id}/deliveries`;
    const first = await hooks.send('GET', `${path}?per_page=2`);
    const link = first.headers.get('link') ?? '';
    const newest = await expectAsDescribed(first, LIST, 200);
    expect(newest).toMatchObject([{ action: 'member_removed' }, { action: 'member_added' }]);
    const [, next = ''] = /<([^>]+)>; rel="next"/.exec(link) ?? [];
    const rest = await fetch(next, { headers: { authorization: `Bearer ${HOOK_OWNER}` } });
    expect(await rest.json()).toMatchObject([{ event: 'ping', status: 'OK' }]);
    const failed = await hooks.send('GET', `${path}?status=failure`);
    expect(await failed.json()).toMatchObject([
      { status_code: 500, status: 'Invalid HTTP Response: 500' },
    ]);
    const unknown = await hooks.send('GET', `${path}?cursor=7`);
    await expectAsDescribed(unknown, LIST, 422);
  });

  it('are not shown after three days', async () => {
    const hooks = await HookStage.set();
    await hooks.quiet();
    hooks.stage.world.clock.advance(3 * 86_400_000 + 1);
    const listed = await hooks.send('GET', `/${hooks.hook.id}/deliveries`);
    expect(await listed.json()).toEqual([]);
  });

  it('are sent again under their GUID, and listed as such', async () => {
    const hooks = await HookStage.set();
    hooks.receiver.status = 503;
    await hooks.make();
    await hooks.idle();
    hooks.receiver.status = 202;
    const path = `/${hooks.hook.id}/deliveries`;
    const [failed] = (await (await hooks.send('GET', path)).json()) as { id: number }[];
    const asked = await hooks.send('POST', `${path}/${failed?.id}/attempts`);
    const described = `${LIST}/{delivery_id}/attempts`;
    await expectAsDescribed(asked, described, 202, 'post');
    await hooks.idle();
    const [one, other] = hooks.receiver.received;
    expect(other?.headers['x-github-delivery']).toBe(one?.headers['x-github-delivery']);
    const listed = await (await hooks.send('GET', path)).json();
    expect(listed).toMatchObject([
      { redelivery: true, status_code: 202 },
      { redelivery: false, status_code: 503 },
    ]);
    expect((await hooks.send('POST', `${path}/1/attempts`)).status).toBe(404);
  });

  it('of the App are its own to list and to send again', async () => {
    const hooks = await HookStage.set();
    const apps = await AppStage.set();
    const { stage, app, installation } = apps;
    stage.world.hooks.setForApp(app, { url: hooks.receiver.url, secret: SECRET });
    stage.world.apps.suspend(installation);
    await stage.simulator.hooks.idle();
    expect(hooks.receiver.names).toEqual(['installation.suspend']);
    const listed = await stage.get('/app/hook/deliveries', apps.jwt());
    const [delivery] = (await expectAsDescribed(listed, '/app/hook/deliveries', 200)) as {
      id: number;
    }[];
    expect(delivery).toMatchObject({ installation_id: installation.id, event: 'installation' });
    const again = `/app/hook/deliveries/${delivery?.id}/attempts`;
    expect((await stage.post('', apps.jwt(), again)).status).toBe(202);
    await stage.simulator.hooks.idle();
    expect(hooks.receiver.names).toHaveLength(2);
    const config = await stage.get('/app/hook/config', apps.jwt());
    await expectAsDescribed(config, '/app/hook/config', 200);
  });

  it('are pinged for', async () => {
    const hooks = await HookStage.set();
    await hooks.quiet();
    expect((await hooks.send('POST', `/${hooks.hook.id}/pings`)).status).toBe(204);
    await hooks.idle();
    expect(hooks.receiver.names).toEqual(['ping']);
  });
});
