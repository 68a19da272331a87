import { describe, expect, it } from 'vitest';
import { ApiToken } from '../../src/accounts/api-tokens/api-token.entity.js';
import { ApiTokensService } from '../../src/accounts/api-tokens/api-tokens.service.js';
import { Membership } from '../../src/accounts/users/membership.entity.js';
import { UsersService } from '../../src/accounts/users/users.service.js';
import { ways } from '../support/service.js';
import { signedIn, somebody, startWeb } from '../support/web.js';

const PATH = '/api-tokens';
const form = { name: 'nightly export', access: 'read', days: '30' };

describe.each(ways)('the API tokens, $way', ({ dialect }) => {
  async function start() {
    const service = await startWeb({ dialect });
    const admin = await signedIn(service);
    const value = (text: string) => /rc_[\w-]{43}/.exec(text)?.[0] ?? '';
    const make = async (change = {}) =>
      value((await admin.post(PATH, { ...form, ...change })).text);
    const api = (token: string, path = '/api/v1/integrations', method = 'GET') =>
      fetch(admin.url + path, { method, headers: { authorization: `Bearer ${token}` } });
    const rows = () => service.dataSource.manager.find(ApiToken, { order: { id: 'ASC' } });
    return { service, admin, value, make, api, rows };
  }

  it('are made by an admin, and shown once', async () => {
    const { admin, value, api, rows } = await start();
    expect((await admin.get(PATH)).text).toContain('No tokens yet');
    const { status, text } = await admin.post(PATH, form);
    expect(status).toBe(200);
    expect(value(text)).not.toBe('');
    expect((await api(value(text))).status).toBe(200);
    const list = (await admin.get(PATH)).text;
    expect(list).toContain('nightly export');
    expect(list).toContain('</time> by admin@default.example</dd>');
    expect(value(list)).toBe('');
    const [token] = await rows();
    const days = ((token?.expiresAt?.getTime() ?? 0) - Date.now()) / 86_400_000;
    expect([token?.readOnly, Math.round(days)]).toEqual([true, 30]);
  });

  it('that may only read are refused a change, and full ones are not', async () => {
    const { make, api } = await start();
    const refused = await api(await make(), '/api/v1/integrations/7', 'DELETE');
    expect(refused.status).toBe(403);
    expect(await refused.json()).toMatchObject({ code: 'token_read_only' });
    const allowed = await api(await make({ access: 'full' }), '/api/v1/integrations/7', 'DELETE');
    expect(await allowed.json()).toMatchObject({ code: 'integration_not_found' });
  });

  it('are nobody once they are revoked', async () => {
    const { admin, make, api, rows } = await start();
    const token = await make({ days: 'never' });
    const [row] = await rows();
    expect(row?.expiresAt).toBeNull();
    const question = await admin.get(`${PATH}/${row?.id}/revoke`);
    expect(question.text).toContain('Revoke <bdi>nightly export</bdi>?');
    expect((await api(token)).status).toBe(200);
    const answer = await admin.post(`${PATH}/${row?.id}/revoke`);
    expect([answer.status, answer.headers.get('location')]).toEqual([303, PATH]);
    expect((await api(token)).status).toBe(401);
    const list = (await admin.get(PATH)).text;
    expect(list).toContain('No tokens yet');
    expect(list).toContain('The token nightly export is revoked.');
    expect((await admin.post(`${PATH}/${row?.id}/revoke`)).status).toBe(404);
  });

  it('may no more than their maker, and are revoked with the demotion', async () => {
    const { service, admin, make, api, rows } = await start();
    const { manager } = service.dataSource;
    const users = service.app.get(UsersService, { strict: false });
    const change = { email: 'admin@default.example', password: 'correct horse battery' };
    const [token, other] = [await make({ access: 'full' }), await make({ name: 'other' })];
    const teamId = (await rows())[0]?.teamId ?? 0;
    const ofNobody = await service.app
      .get(ApiTokensService, { strict: false })
      .create(teamId, 'of the command line');

    // Also where nothing revoked it, as when somebody changes the database.
    await manager.update(Membership, { teamId }, { role: 'member' });
    const refused = await api(token);
    expect(refused.status).toBe(401);
    expect(await refused.json()).toMatchObject({ code: 'token_revoked' });
    await manager.update(Membership, { teamId }, { role: 'admin' });
    expect((await api(token)).status).toBe(200);

    // The last admin of a team is not demoted.
    await somebody(service, { email: 'bea@default.example' });
    const demote = () => users.setPassword({ ...change, role: 'member', teamSlug: 'default' });
    expect(await demote()).toMatchObject({ role: 'member', revokedTokens: 2 });
    expect(await demote()).not.toHaveProperty('revokedTokens');
    for (const one of [token, other]) expect((await api(one)).status).toBe(401);
    expect((await api(ofNobody.value)).status).toBe(200);

    await users.setPassword({ ...change, role: 'admin', teamSlug: 'default' });
    expect((await api(token)).status).toBe(401);
    await admin.post('/sign-in', change);
    const { text } = await admin.get(PATH);
    expect(text.match(/Its creator is no longer an admin of the team/g)).toHaveLength(2);
    expect(text).toContain('on the command line, for no user');
    expect(text.match(/\/revoke"/g)).toHaveLength(1);
  });

  it('take no life but one that makes sense, and no right by mistake', async () => {
    const { admin, make, rows } = await start();
    for (const days of ['', '0', '-1', '9999', '1e3x', 'ever', 'Infinity']) {
      const { status, text } = await admin.post(PATH, { ...form, days });
      expect({ days, status }).toEqual({ days, status: 422 });
      expect(text).toContain('Use 1 to 3650 days, or no expiry.');
      expect(text).toContain('value="nightly export"');
    }
    expect(await rows()).toEqual([]);
    for (const access of ['', 'admin', 'FULL']) await make({ access });
    expect((await rows()).map(({ readOnly }) => readOnly)).toEqual([true, true, true]);
  });

  it('need a name, and keep what else was typed', async () => {
    const { admin, rows } = await start();
    const { status, text } = await admin.post(PATH, { ...form, name: '  ', days: '365' });
    expect(status).toBe(422);
    expect(text).toContain('A token needs a name.');
    expect(text).toMatch(/<option value="365" selected>/);
    expect(await rows()).toEqual([]);
  });

  it('are for admins of the team', async () => {
    const { service, admin, make, rows } = await start();
    await make();
    const id = (await rows())[0]?.id;
    const member = await signedIn(service, { role: 'member' });
    expect((await member.get('/integrations')).text).not.toContain(PATH);
    for (const path of [PATH, `${PATH}/${id}/revoke`]) {
      expect((await member.get(path)).status).toBe(403);
      expect((await member.post(path, form)).status).toBe(403);
    }
    const stranger = await signedIn(service, { team: 'other' });
    expect((await stranger.get(PATH)).text).not.toContain('nightly export');
    expect((await stranger.post(`${PATH}/${id}/revoke`)).status).toBe(404);
    expect((await admin.get(PATH)).text).toContain('nightly export');
  });
});
