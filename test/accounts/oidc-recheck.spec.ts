import { describe, expect, it } from 'vitest';
import { InvitationsService } from '../../src/accounts/invitations/invitations.service.js';
import { Session } from '../../src/accounts/sessions/session.entity.js';
import { SsoSession } from '../../src/accounts/single-sign-on/sso-session.entity.js';
import { Membership } from '../../src/accounts/users/membership.entity.js';
import { ways } from '../support/service.js';
import { somebody } from '../support/web.js';
import { type Answer, htmxPoll, type WebClient } from '../support/web-client.js';
import { visitProvider } from './support/identity-provider.js';
import {
  audited,
  makeRecheckDue,
  type Sso,
  signedInAt,
  signInAt,
  startSso,
} from './support/sso.js';

const page = '/integrations';

const sessions = ({ service }: Sso) => service.dataSource.manager.find(Session);

const lastAction = async (sso: Sso) => (await audited(sso)).at(-1);

/** The words with which the page of the redirect says why the session has ended. */
async function reasonAt(rollcall: WebClient, answer: Answer) {
  expect(answer.status).toBe(302);
  const { text } = await rollcall.follow(answer);
  return [...text.matchAll(/<p><strong>([^<]*)/g)].at(-1)?.[1];
}

/** As if the provider had been away for so many minutes. */
async function failSince({ service }: Sso, minutes: number) {
  const failingSince = new Date(Date.now() - minutes * 60_000);
  await service.dataSource.createQueryBuilder().update(SsoSession).set({ failingSince }).execute();
}

describe.each(ways)('a session with a refresh token, $way', (way) => {
  it('is asked about when it is due, and goes on', async () => {
    const sso = await startSso(way);
    const { rollcall } = await signedInAt(sso);
    const asked = () => sso.provider.count('/token');
    expect((await rollcall.get(page)).status).toBe(200);
    expect(asked()).toBe(1);
    for (const expected of [2, 3]) {
      await makeRecheckDue(sso);
      expect((await rollcall.get(page)).status).toBe(200);
      expect((await rollcall.get(page)).status).toBe(200);
      expect(asked()).toBe(expected);
    }
    const [{ recheckAt } = {}] = await sessions(sso);
    const minutes = ((recheckAt?.getTime() ?? 0) - Date.now()) / 60_000;
    expect(minutes).toBeGreaterThan(14);
    expect(minutes).toBeLessThanOrEqual(15);
    expect((await audited(sso)).filter(({ action }) => action === 'sign_in')).toHaveLength(1);
  });

  it('ends for somebody who was removed at the provider, and says why', async () => {
    const sso = await startSso(way);
    const { rollcall } = await signedInAt(sso);
    sso.provider.accounts.delete('ada');
    expect((await rollcall.get(page)).status).toBe(200);
    await makeRecheckDue(sso);
    const reason = await reasonAt(rollcall, await rollcall.get(page));
    expect(reason).toBe('The identity provider no longer lets you in, so your session has ended.');
    expect(await sessions(sso)).toEqual([]);
    expect(await sso.service.dataSource.manager.count(SsoSession)).toBe(0);
    expect(await lastAction(sso)).toEqual({
      ...{ action: 'sign_out', actorName: 'ada@acme.example', teamId: 1 },
      after: { reason: 'sso_session_refused' },
    });
  });

  it('uses a refresh token once for many requests at once', async () => {
    const sso = await startSso(way);
    const { rollcall } = await signedInAt(sso);
    for (const expected of [2, 3]) {
      await makeRecheckDue(sso);
      const answers = await Promise.all(Array.from({ length: 8 }, () => rollcall.get(page)));
      expect(answers.map(({ status }) => status)).toEqual(Array(8).fill(200));
      expect(sso.provider.count('/token')).toBe(expected);
    }
  });

  it('lives on while the provider is away, for an hour', async () => {
    const sso = await startSso(way);
    const { rollcall } = await signedInAt(sso);
    sso.provider.away = ['/token'];
    await makeRecheckDue(sso);
    for (let i = 0; i < 3; i++) expect((await rollcall.get(page)).status).toBe(200);
    expect(sso.provider.count('/token')).toBe(2);
    await failSince(sso, 59);
    await makeRecheckDue(sso);
    expect((await rollcall.get(page)).status).toBe(200);
    sso.provider.away = [];
    await makeRecheckDue(sso);
    expect((await rollcall.get(page)).status).toBe(200);
    const [kept] = await sso.service.dataSource.manager.find(SsoSession);
    expect(kept).toMatchObject({ failingSince: null, claimedUntil: null });
    sso.provider.away = ['/token'];
    await failSince(sso, 61);
    await makeRecheckDue(sso);
    const reason = await reasonAt(rollcall, await rollcall.get(page));
    expect(reason).toContain('did not answer for too long');
  });
});

describe('a session with a refresh token', () => {
  it('keeps the new token where the provider fails after it gave one', async () => {
    const sso = await startSso();
    const { rollcall } = await signedInAt(sso);
    sso.provider.away = ['/me'];
    await makeRecheckDue(sso);
    expect((await rollcall.get(page)).status).toBe(200);
    sso.provider.away = [];
    await makeRecheckDue(sso);
    expect((await rollcall.get(page)).status).toBe(200);
    expect(sso.provider.count('/token')).toBe(3);
  });

  it('follows the groups', async () => {
    const sso = await startSso({ env: { OIDC_ADMIN_GROUPS: 'owners' } });
    await somebody(sso.service, { email: 'root@acme.example' });
    const ada = { email: 'ada@acme.example', email_verified: true };
    sso.provider.accounts.set('ada', { ...ada, groups: ['owners'] });
    const { rollcall } = await signedInAt(sso);
    expect((await rollcall.get('/api-tokens')).status).toBe(200);
    sso.provider.accounts.set('ada', { ...ada, groups: [] });
    await makeRecheckDue(sso);
    await rollcall.get(page);
    expect((await rollcall.get('/api-tokens')).status).toBe(403);
    const role = { userId: 2 };
    expect(await sso.service.dataSource.manager.findOneBy(Membership, role)).toMatchObject({
      role: 'member',
    });
  });

  it('ends where the domain is not allowed any more', async () => {
    const sso = await startSso({ env: { OIDC_ALLOWED_DOMAINS: 'acme.example' } });
    const { rollcall } = await signedInAt(sso);
    sso.provider.accounts.set('ada', { email: 'ada@evil.example', email_verified: true });
    await makeRecheckDue(sso);
    expect((await rollcall.get(page)).headers.get('location')).toMatch(/ended=sso_session_refused/);
  });

  it('accepts no invitation any more', async () => {
    const sso = await startSso();
    const { rollcall } = await signedInAt(sso);
    const { manager } = sso.service.dataSource;
    await manager.delete(Membership, { userId: 1 });
    const invitations = sso.service.app.get(InvitationsService, { strict: false });
    const invited = { teamId: 1, email: 'ada@acme.example', invitedBy: 'root' };
    const { url } = await invitations.invite({ ...invited, role: 'admin' });
    sso.provider.accounts.delete('ada');
    await makeRecheckDue(sso);
    const refused = await rollcall.post(new URL(url).pathname);
    expect(refused.headers.get('location')).toMatch(/ended=sso_session_refused/);
    expect(await manager.count(Membership)).toBe(0);
  });

  it('tells htmx where to go', async () => {
    const sso = await startSso();
    const { rollcall } = await signedInAt(sso);
    sso.provider.accounts.delete('ada');
    await makeRecheckDue(sso);
    const poll = await rollcall.get(page, htmxPoll);
    expect([poll.status, poll.headers.get('hx-redirect')]).toEqual([
      401,
      '/sign-in?ended=sso_session_refused',
    ]);
  });

  it('is not asked about after a sign-in with a password', async () => {
    const sso = await startSso();
    const root = await somebody(sso.service, { email: 'root@acme.example' });
    const { rollcall } = await signedInAt(sso);
    await rollcall.post('/sign-in', root);
    const [session] = await sessions(sso);
    expect(session).toMatchObject({ recheckAt: null });
    const renewal = await rollcall.get('/sign-in/oidc/renew?next=%2Fapi-tokens');
    expect(renewal.headers.get('location')).toBe('/api-tokens');
    expect((await rollcall.get(page)).text).toContain('root@acme.example');
  });
});

describe.each(ways)('a session without a refresh token, $way', (way) => {
  const start = () => startSso({ ...way, refreshTokens: false });

  it('is renewed at the provider without a question, and comes back to the page', async () => {
    const sso = await start();
    const browser = await signedInAt(sso);
    const { rollcall } = browser;
    await makeRecheckDue(sso);
    const due = await rollcall.get('/integrations?a=1');
    expect([due.status, due.headers.get('location')]).toEqual([
      302,
      '/sign-in/oidc/renew?next=%2Fintegrations%3Fa%3D1',
    ]);
    const cookie = rollcall.cookie;
    const renewed = await signInAt(sso, browser, due.headers.get('location') ?? '');
    expect([renewed.status, renewed.headers.get('location')]).toEqual([303, '/integrations?a=1']);
    expect(rollcall.cookie).toBe(cookie);
    expect((await rollcall.get(page)).status).toBe(200);
    expect((await audited(sso)).filter(({ action }) => action === 'sign_in')).toHaveLength(1);
  });

  it('ends where the provider would have to ask, and says why', async () => {
    const sso = await start();
    const { rollcall } = await signedInAt(sso);
    await makeRecheckDue(sso);
    const begun = await rollcall.get('/sign-in/oidc/renew?next=%2Fapi-tokens');
    const address = begun.headers.get('location') ?? '';
    expect(new URL(address).searchParams.get('prompt')).toBe('none');
    // Its session at the provider is gone.
    const back = await visitProvider(sso.provider, address);
    const ended = await rollcall.get(back);
    expect(ended.headers.get('location')).toBe(
      '/sign-in?ended=sso_session_over&next=%2Fapi-tokens',
    );
    const reason = await reasonAt(rollcall, ended);
    expect(reason).toBe(
      'You are no longer signed in at the identity provider, so your session has ended.',
    );
    expect(await sessions(sso)).toEqual([]);
  });

  it('becomes the session of somebody else who signed in at the provider meanwhile', async () => {
    const sso = await start();
    const { rollcall } = await signedInAt(sso);
    await makeRecheckDue(sso);
    sso.provider.accounts.set('bob', { email: 'bob@acme.example', email_verified: true });
    sso.provider.person = 'bob';
    const { browser } = await signInAt(sso);
    const mixed = { rollcall, atProvider: browser.atProvider };
    const { status } = await signInAt(sso, mixed, '/sign-in/oidc/renew');
    expect(status).toBe(303);
    expect((await rollcall.get(page)).text).toContain('bob@acme.example');
  });

  it('lives on while the provider is away, for an hour', async () => {
    const sso = await start();
    const { rollcall } = await signedInAt(sso);
    await makeRecheckDue(sso);
    const begun = await rollcall.get('/sign-in/oidc/renew?next=%2Fintegrations');
    const back = await visitProvider(
      sso.provider,
      (begun.headers.get('location') ?? '').replace('prompt=none', 'prompt=login'),
    );
    sso.provider.away = ['/token'];
    const returned = await rollcall.get(back);
    expect([returned.status, returned.headers.get('location')]).toEqual([303, page]);
    expect((await rollcall.get(page)).status).toBe(200);
    await failSince(sso, 61);
    await makeRecheckDue(sso);
    expect((await rollcall.get(page)).status).toBe(302);
  });
});
