import { Not } from 'typeorm';
import { describe, expect, it } from 'vitest';
import { AuditEntry } from '../../src/accounts/audit/audit-entry.entity.js';
import { FirstAdministrator } from '../../src/accounts/users/first-administrator.js';
import { User } from '../../src/accounts/users/user.entity.js';
import { ways } from '../support/service.js';
import { signedIn, somebody, startWeb, type WebService } from '../support/web.js';
import { htmxPoll, WebClient } from '../support/web-client.js';

const NEW = 'another long password';
const FIREFOX = { 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Firefox/130.0' };
const SAFARI = { 'user-agent': 'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5) Version/17.5 Safari/604' };

async function signInWith(service: WebService, headers: Record<string, string>, password?: string) {
  const client = new WebClient(service.url);
  const person = await somebody(service);
  await client.post('/sign-in', { ...person, ...(password && { password }) }, headers);
  return client;
}

const hasEnded = async (client: WebClient): Promise<boolean> =>
  (await client.get('/integrations')).status === 302;

describe.each(ways)('the account page, $way', ({ dialect }) => {
  async function start() {
    const service = await startWeb({ dialect });
    const [laptop, phone] = [await signInWith(service, FIREFOX), await signInWith(service, SAFARI)];
    const { manager } = service.dataSource;
    /** What was done after the sign-ins. */
    const actions = async () =>
      (await manager.findBy(AuditEntry, { action: Not('sign_in') })).map(({ action }) => action);
    return { service, laptop, phone, manager, actions };
  }

  it('is linked from every page, and takes a name', async () => {
    const { laptop, manager, actions } = await start();
    expect((await laptop.get('/integrations')).text).toContain('href="/account"');
    expect((await laptop.post('/account/name', { name: 'Ada <b>' })).status).toBe(303);
    const { text } = await laptop.get('/account');
    expect(text).toContain('Your name is saved.');
    expect(text).toContain('value="Ada &lt;b&gt;"');
    const wrong = await laptop.post('/account/name', { name: 'a'.repeat(101) });
    expect(wrong.status).toBe(422);
    expect(wrong.text).toContain('Use at most 100 characters');
    await laptop.post('/account/name', { name: '' });
    expect(await manager.find(User)).toMatchObject([{ name: null }]);
    expect(await actions()).toEqual(['user.name', 'user.name']);
  });

  it('shows the sessions by device, and ends one, while its page polls', async () => {
    const { laptop, phone, actions } = await start();
    const { text } = await laptop.get('/account');
    expect(text).toContain('Firefox on Linux');
    expect(text).toContain('Safari on iPhone');
    expect(text.match(/This device/g)).toHaveLength(1);
    const [, session = ''] = /name="session" value="(\w+)"/.exec(text) ?? [];
    expect((await laptop.post('/account/sessions/end', { session })).status).toBe(303);
    const poll = await phone.get('/integrations/github/1/members/sync/progress', htmxPoll);
    expect([poll.status, poll.headers.get('hx-redirect')]).toEqual([401, '/sign-in']);
    expect((await laptop.get('/account')).text).toContain('The session has ended.');
    expect((await laptop.post('/account/sessions/end', { session })).status).toBe(404);
    expect(await actions()).toEqual(['session.end']);
  });

  it('signs out everywhere else', async () => {
    const { laptop, phone } = await start();
    expect((await laptop.post('/account/sessions/end-others')).status).toBe(303);
    expect([await hasEnded(laptop), await hasEnded(phone)]).toEqual([false, true]);
    expect((await laptop.get('/account')).text).not.toContain('Sign out everywhere else');
  });

  it("ends nobody else's session", async () => {
    const { service, laptop, phone } = await start();
    const [, session = ''] =
      /name="session" value="(\w+)"/.exec((await laptop.get('/account')).text) ?? [];
    const other = await signedIn(service, { email: 'other@example.com' });
    expect((await other.post('/account/sessions/end', { session })).status).toBe(404);
    await other.post('/account/sessions/end-others');
    expect([await hasEnded(laptop), await hasEnded(phone)]).toEqual([false, false]);
  });

  it('changes the password, which ends the other sessions', async () => {
    const { service, laptop, phone, manager } = await start();
    const { password: present } = await somebody(service);
    const change = { present, wanted: NEW };
    const done = await laptop.post('/account/password', change);
    expect([done.status, done.headers.get('location')]).toEqual([303, '/account']);
    expect((await laptop.get('/account')).text).toContain('Your password is changed.');
    expect(await hasEnded(phone)).toBe(true);
    expect(await hasEnded(await signInWith(service, FIREFOX))).toBe(true);
    expect(await hasEnded(await signInWith(service, FIREFOX, NEW))).toBe(false);
    expect(await manager.countBy(AuditEntry, { action: 'sign_in' }), 'real sign-ins').toBe(3);
    const log = await manager.findBy(AuditEntry, { action: 'user.password' });
    expect(log).toMatchObject([{ action: 'user.password', after: { endedSessions: 1 } }]);
    const [{ passwordHash } = { passwordHash: '' }] = await manager.find(User);
    for (const secret of [present, NEW, passwordHash])
      expect(JSON.stringify(log)).not.toContain(secret);
  });
});

it.each([
  [{ present: 'wrong' }, 'The present password is wrong.'],
  [{ wanted: 'elevenchars' }, 'Use at least 12 characters.'],
  [{ wanted: 'password1234' }, 'The password is easy to guess.'],
  [{ wanted: 'abababababab' }, 'The password is easy to guess.'],
  [{ wanted: 'correct horse battery' }, 'The new password is the present one.'],
])('refuses %j as a change of the password', async (change, words) => {
  const service = await startWeb();
  const client = await signedIn(service);
  const { password: present } = await somebody(service);
  const { status, text } = await client.post('/account/password', {
    ...{ present, wanted: NEW },
    ...change,
  });
  expect(status).toBe(422);
  expect(text).toContain(words);
  expect(text).not.toMatch(/type="password"\s+value="[^"]/);
  expect(await hasEnded(client)).toBe(false);
});

it('refuses to guess the present password again and again', async () => {
  const client = await signedIn(await startWeb());
  for (let i = 0; i < 10; i++) await client.post('/account/password', { present: `${i}` });
  const { status, text } = await client.post('/account/password', { present: 'x', wanted: NEW });
  expect(status).toBe(422);
  expect(text).toContain('Too many failed sign-ins.');
});

describe('after a sign-in with the generated password', () => {
  async function start(env: NodeJS.ProcessEnv) {
    const service = await startWeb({ env });
    const made = await service.app.get(FirstAdministrator, { strict: false }).ensure();
    const { email = '', password = '' } = made ?? {};
    const client = new WebClient(service.url);
    await client.post('/sign-in', { email, password });
    return { service, client, password };
  }

  it('every page leads to the password until it is changed', async () => {
    const { client, password } = await start({ ADMIN_PASSWORD: undefined });
    for (const path of ['/', '/integrations', '/account', '/users', '/teams', '/onboarding']) {
      const { status, headers } = await client.get(path);
      expect({ path, status, to: headers.get('location') }).toEqual({
        ...{ path, status: 303, to: '/account/password' },
      });
    }
    expect((await client.post('/api-tokens', { name: 'x' })).status).toBe(303);
    const poll = await client.get('/integrations/github/1/members/sync/progress', htmxPoll);
    expect([poll.status, poll.headers.get('hx-redirect')]).toEqual([403, '/account/password']);
    expect((await client.get('/account/password')).text).toContain('Your password was generated.');
    const changed = await client.post('/account/password', { present: password, wanted: NEW });
    expect(changed.headers.get('location')).toBe('/');
    expect((await client.get('/integrations')).status).toBe(200);
  });

  it('signing out works, and a given password may stay', async () => {
    const { client } = await start({ ADMIN_PASSWORD: undefined });
    expect((await client.post('/sign-out')).headers.get('location')).toBe('/sign-in');
    const given = await start({ ADMIN_PASSWORD: 'a password of the operator' });
    expect((await given.client.get('/integrations')).status).toBe(200);
  });
});
