import { describe, expect, it } from 'vitest';
import { Session } from '../../src/accounts/sessions/session.entity.js';
import { signInAttempt } from '../../src/accounts/sign-in/sign-in-attempt.js';
import { SignInThrottle } from '../../src/accounts/sign-in/sign-in-throttle.js';
import { WebClient } from '../support/web-client.js';
import { join, PASSWORD, signIn, startAccounts } from './support/accounts.js';

const ada = { email: 'ada@example.org', password: PASSWORD };

async function start(env?: NodeJS.ProcessEnv) {
  const accounts = await startAccounts({ env });
  await join(accounts, ada.email);
  return accounts;
}

describe('the cookie', () => {
  it('is signed, out of reach for scripts and other sites, and is sent once', async () => {
    const client = new WebClient((await start()).url);
    const { headers } = await client.post('/sign-in', ada);
    const [cookie = '', ...more] = headers.getSetCookie();
    expect(more).toEqual([]);
    expect(cookie).toMatch(
      /^rollcall_session=s%3A[^;]+; Path=\/; Expires=[^;]+; HttpOnly; SameSite=Lax$/,
    );
    const days = (Date.parse(/Expires=([^;]+)/.exec(cookie)?.[1] ?? '') - Date.now()) / 86_400_000;
    expect(days).toBeCloseTo(365, 1);
    expect((await client.get('/sign-in')).headers.getSetCookie()).toEqual([]);
  });

  it('is Secure where people use https, behind one proxy', async () => {
    const client = new WebClient((await start({ PUBLIC_URL: 'https://rollcall.example.org' })).url);
    const proxied = { 'X-Forwarded-Proto': 'https', Origin: 'https://rollcall.example.org' };
    const { headers } = await client.post('/sign-in', ada, proxied);
    expect(headers.getSetCookie()).toEqual([
      expect.stringMatching(/^__Host-rollcall_session=s%3A.*; Path=\/; .*; Secure; SameSite=Lax$/),
    ]);
    expect((await client.get('/sign-in', proxied)).status).toBe(303);
    await client.post('/sign-out', {}, proxied);
    expect((await client.get('/sign-in', proxied)).status).toBe(200);
  });

  it('is not given to whoever only looks', async () => {
    const { url, dataSource } = await start();
    const { headers } = await new WebClient(url).get('/sign-in');
    expect(headers.getSetCookie()).toEqual([]);
    expect(await dataSource.manager.count(Session)).toBe(0);
  });

  it('is worth nothing when it was changed', async () => {
    const accounts = await start();
    const { headers } = await new WebClient(accounts.url).post('/sign-in', ada);
    const cookie = headers.getSetCookie()[0]?.split(';')[0] ?? '';
    const look = (cookie: string) => new WebClient(accounts.url).get('/sign-in', { cookie });
    expect((await look(cookie)).status).toBe(303);
    expect((await look(cookie.replace(/\.[^.]{4}/, '.AAAA'))).status).toBe(200);
  });
});

describe('a session', () => {
  it('has a new id after signing in, and the old one is worth nothing', async () => {
    const accounts = await start();
    const client = await signIn(accounts, ada.email);
    const [planted] = await accounts.dataSource.manager.find(Session);
    await client.post('/sign-in', ada);
    const rows = await accounts.dataSource.manager.find(Session);
    expect(rows).toHaveLength(1);
    expect(rows[0]?.idHash).not.toBe(planted?.idHash);
  });

  it('ends with signing out, and only that one', async () => {
    const accounts = await start();
    const [one, other] = [await signIn(accounts, ada.email), await signIn(accounts, ada.email)];
    const { status, headers } = await one.post('/sign-out');
    expect([status, headers.get('location')]).toEqual([303, '/sign-in']);
    expect(headers.getSetCookie().join()).toMatch(/rollcall_session=;.*Expires=Thu, 01 Jan 1970/);
    expect(await accounts.dataSource.manager.count(Session)).toBe(1);
    expect((await other.get('/sign-in')).status).toBe(303);
  });

  it('is not needed to sign out', async () => {
    const { status } = await new WebClient((await start()).url).post('/sign-out');
    expect(status).toBe(303);
  });
});

describe('the address that is counted', () => {
  async function failFrom(address: string, env?: NodeJS.ProcessEnv) {
    const { app, url } = await start(env);
    for (let i = 0; i < 10; i++)
      await app.get(SignInThrottle).admit(signInAttempt(ada.email, address), false);
    return async (forwarded: string) => {
      const headers = { 'X-Forwarded-For': forwarded };
      return (await new WebClient(url).post('/sign-in', ada, headers)).status;
    };
  }

  it('is not what a client says it is that is no trusted proxy', async () => {
    const statusFrom = await failFrom('127.0.0.1', { TRUSTED_PROXIES: '192.0.2.0/24' });
    expect(await statusFrom('10.0.0.1')).toBe(429);
  });

  it('is what a trusted proxy says, and nothing before it', async () => {
    const statusFrom = await failFrom('192.0.2.1');
    expect(await statusFrom('10.0.0.1, 192.0.2.1')).toBe(429);
    expect(await statusFrom('192.0.2.1, 10.0.0.1')).not.toBe(429);
  });

  it('is that before all trusted proxies', async () => {
    const statusFrom = await failFrom('192.0.2.1', { TRUSTED_PROXIES: 'loopback, 10.0.0.0/8' });
    expect(await statusFrom('192.0.2.1, 10.0.0.1')).toBe(429);
  });
});
