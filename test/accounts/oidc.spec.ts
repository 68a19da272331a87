import { describe, expect, it, vi } from 'vitest';
import { Session } from '../../src/accounts/sessions/session.entity.js';
import { SsoSession } from '../../src/accounts/single-sign-on/sso-session.entity.js';
import { UserIdentity } from '../../src/accounts/single-sign-on/user-identity.entity.js';
import { Membership } from '../../src/accounts/users/membership.entity.js';
import { User } from '../../src/accounts/users/user.entity.js';
import { startForwardProxy } from '../support/servers/forward-proxy.js';
import { ways } from '../support/service.js';
import { somebody, startWeb } from '../support/web.js';
import { WebClient } from '../support/web-client.js';
import { visitProvider } from './support/identity-provider.js';
import { audited, newBrowser, type Sso, signedInAt, signInAt, startSso } from './support/sso.js';

const users = ({ service }: Sso) => service.dataSource.manager.find(User, { order: { id: 'ASC' } });

const roleOf = async ({ service }: Sso, email: string) => {
  const { manager } = service.dataSource;
  const { id: userId } = await manager.findOneByOrFail(User, { email });
  return (await manager.findOneBy(Membership, { userId }))?.role;
};

describe.each(ways)('single sign-on, $way', (way) => {
  it('makes a user with the least role at the first sign-in, and finds them at the next', async () => {
    const sso = await startSso(way);
    const { rollcall } = await signedInAt(sso);
    const page = await rollcall.get('/integrations');
    expect([page.status, page.text.includes('ada@acme.example')]).toEqual([200, true]);
    await signedInAt(sso);
    expect(await users(sso)).toMatchObject([
      { email: 'ada@acme.example', passwordHash: '', instanceAdmin: false },
    ]);
    expect(await roleOf(sso, 'ada@acme.example')).toBe('member');
    const identities = await sso.service.dataSource.manager.find(UserIdentity);
    expect(identities).toMatchObject([{ issuer: sso.provider.issuer, subject: 'ada' }]);
    const by = 'single sign-on';
    const ada = { actorName: 'ada@acme.example', teamId: 1 };
    expect(await audited(sso)).toEqual([
      { ...ada, action: 'user.create', after: { role: 'member', by } },
      { ...ada, action: 'identity.link', after: { issuer: sso.provider.issuer, subject: 'ada' } },
      { ...ada, action: 'sign_in', after: { by } },
      { ...ada, action: 'sign_in', after: { by } },
    ]);
  });

  it('links a user by the verified address once, and then knows them by the subject', async () => {
    const sso = await startSso(way);
    await somebody(sso.service, { email: 'ada@acme.example', role: 'admin' });
    await signedInAt(sso);
    sso.provider.accounts.set('ada', { email: 'Ada.King@acme.example', email_verified: true });
    await signedInAt(sso);
    expect(await users(sso)).toMatchObject([{ id: 1, email: 'ada.king@acme.example' }]);
    expect(await roleOf(sso, 'ada.king@acme.example')).toBe('admin');
    expect((await audited(sso)).map(({ action }) => action)).toEqual([
      ...['identity.link', 'sign_in'],
      ...['user.email', 'sign_in'],
    ]);
  });

  it('makes one user of two first sign-ins at once', async () => {
    const sso = await startSso(way);
    const answers = await Promise.all([signInAt(sso), signInAt(sso), signInAt(sso)]);
    expect(answers.map(({ status }) => status)).toEqual([303, 303, 303]);
    expect(await users(sso)).toHaveLength(1);
  });

  it('makes admins by groups, and takes the role when the group is gone', async () => {
    const sso = await startSso({ ...way, env: { OIDC_ADMIN_GROUPS: 'owners,heads' } });
    await somebody(sso.service, { email: 'root@acme.example', role: 'admin' });
    const is = (groups: string[]) =>
      sso.provider.accounts.set('ada', {
        ...{ email: 'ada@acme.example', email_verified: true, groups },
      });
    const roles: unknown[] = [];
    for (const groups of [['staff', 'heads'], ['staff'], ['owners'], []]) {
      is(groups);
      await signedInAt(sso);
      roles.push(await roleOf(sso, 'ada@acme.example'));
    }
    expect(roles).toEqual(['admin', 'member', 'admin', 'member']);
    const changes = (await audited(sso)).filter(({ action }) => action === 'user.role');
    expect(changes.map(({ after }) => after)).toEqual(
      ['admin', 'member', 'admin', 'member'].map((role) => ({ role, by: 'groups' })),
    );
  });

  it('keeps the last admin of the team, and admins who were made by hand', async () => {
    const sso = await startSso({ ...way, env: { OIDC_ADMIN_GROUPS: 'owners' } });
    const ada = { email: 'ada@acme.example', email_verified: true };
    sso.provider.accounts.set('ada', { ...ada, groups: ['owners'] });
    await signedInAt(sso);
    sso.provider.accounts.set('ada', ada);
    await signedInAt(sso);
    expect(await roleOf(sso, ada.email)).toBe('admin');
    await somebody(sso.service, { email: 'bob@acme.example', role: 'admin' });
    sso.provider.accounts.set('bob', { email: 'bob@acme.example', email_verified: true });
    sso.provider.person = 'bob';
    await signedInAt(sso);
    expect(await roleOf(sso, 'bob@acme.example')).toBe('admin');
    sso.provider.person = 'ada';
    await signedInAt(sso);
    expect(await roleOf(sso, ada.email)).toBe('member');
  });
});

describe('the page', () => {
  it('has a button that keeps where to go', async () => {
    const sso = await startSso();
    const browser = newBrowser(sso);
    const { text } = await browser.rollcall.get('/sign-in?next=%2Fapi-tokens%3Fa%3D1');
    const [, href = ''] = /href="([^"]*)">Sign in with single sign-on</.exec(text) ?? [];
    const { headers } = await signInAt(sso, browser, href.replaceAll('&#x3D;', '='));
    expect(headers.get('location')).toBe('/api-tokens?a=1');
  });

  it('leads to no other site', async () => {
    const sso = await startSso();
    const start = '/sign-in/oidc?next=%2F%2Fevil.example';
    expect((await signInAt(sso, newBrowser(sso), start)).headers.get('location')).toBe('/');
  });

  it('asks the provider with PKCE, a state and a nonce, and gives away no secret', async () => {
    const sso = await startSso();
    const begun = await newBrowser(sso).rollcall.get('/sign-in/oidc');
    const { origin, searchParams } = new URL(begun.headers.get('location') ?? '');
    expect([begun.status, origin]).toEqual([302, sso.provider.issuer]);
    expect(Object.fromEntries(searchParams)).toEqual({
      client_id: 'rollcall',
      response_type: 'code',
      redirect_uri: `${sso.service.url}/sign-in/oidc/callback`,
      scope: 'openid email',
      code_challenge: expect.stringMatching(/^[\w-]{43}$/),
      code_challenge_method: 'S256',
      state: expect.stringMatching(/^[\w-]{43}$/),
      nonce: expect.stringMatching(/^[\w-]{43}$/),
    });
    const [session] = await sso.service.dataSource.manager.find(Session);
    const minutes = ((session?.expiresAt.getTime() ?? 0) - Date.now()) / 60_000;
    expect(minutes).toBeLessThanOrEqual(60);
    expect(session?.data).not.toContain(searchParams.get('state'));
  });

  it('keeps refresh tokens sealed', async () => {
    const sso = await startSso();
    await signedInAt(sso);
    const [kept] = await sso.service.dataSource.manager.find(SsoSession);
    expect(kept?.sealedRefreshToken).toMatch(/^v1\./);
  });

  it('has no password form where passwords are off, and refuses one', async () => {
    const sso = await startSso({ env: { PASSWORD_SIGN_IN: 'false' } });
    const ada = await somebody(sso.service, { email: 'ada@acme.example' });
    const { rollcall } = newBrowser(sso);
    const page = await rollcall.get('/sign-in');
    expect(page.text).toContain('Sign in with single sign-on');
    expect(page.text).not.toContain('type="password"');
    const refused = await rollcall.post('/sign-in', ada);
    expect([refused.status, refused.text.includes('Passwords are turned off')]).toEqual([
      403,
      true,
    ]);
    expect((await rollcall.get('/integrations')).status).toBe(302);
    await signedInAt(sso);
  });

  it('takes no new password either where passwords are off', async () => {
    const sso = await startSso({ env: { PASSWORD_SIGN_IN: 'false' } });
    const { manager } = sso.service.dataSource;
    const { rollcall } = await signedInAt(sso);
    await manager.update(User, { mustChangePassword: false }, { mustChangePassword: true });
    await manager.update(Membership, { role: 'member' }, { role: 'admin' });
    const account = await rollcall.get('/account');
    expect(account.status).toBe(200);
    expect(account.text).not.toContain('/account/password');
    const change = { present: '', wanted: 'four unrelated words' };
    expect((await rollcall.get('/account/password')).status).toBe(403);
    expect((await rollcall.post('/account/password', change)).status).toBe(403);
    const invited = { email: 'grace@acme.example', role: 'member' };
    const { text } = await rollcall.post('/users', invited);
    const [link = ''] = /\/invitations\/[\w-]{43}/.exec(text) ?? [];
    const stranger = newBrowser(sso).rollcall;
    const page = (await stranger.get(link)).text;
    expect(page).toContain('Sign in to accept the invitation.');
    expect(page).not.toMatch(/type="password"|already have an account/);
    const refused = await stranger.post(link, { password: 'four unrelated words' });
    expect([refused.status, refused.text.includes('Passwords are turned off')]).toEqual([
      403,
      true,
    ]);
    expect(await manager.countBy(User, { email: invited.email })).toBe(0);
  });

  it('refuses a password for a user who has none', async () => {
    const sso = await startSso();
    await signedInAt(sso);
    for (const password of ['', ' '])
      expect(
        (await newBrowser(sso).rollcall.post('/sign-in', { email: 'ada@acme.example', password }))
          .status,
      ).toBe(401);
  });
});

describe('a sign-in is refused', () => {
  const refusal = async (sso: Sso, browser = newBrowser(sso)) => {
    const { status, text } = await signInAt(sso, browser);
    expect((await browser.rollcall.get('/integrations')).status).toBe(302);
    const words = [...text.matchAll(/<p><strong>([^<]*)/g)].at(-1)?.[1];
    return { status, words };
  };

  it('with a forged, a used or no state', async () => {
    const sso = await startSso();
    const { rollcall, atProvider } = newBrowser(sso);
    const begun = await rollcall.get('/sign-in/oidc');
    const back = await visitProvider(sso.provider, begun.headers.get('location') ?? '', atProvider);
    for (const forged of [back.replace(/state=./, 'state=_'), back.replace(/state=[^&]+/, '')]) {
      const { status, text } = await rollcall.get(forged);
      expect([status, text.includes('has expired, or it was not started here')]).toEqual([
        422,
        true,
      ]);
    }
    expect(sso.provider.count('/token')).toBe(0);
    const stranger = newBrowser(sso).rollcall;
    expect((await stranger.get(back)).status).toBe(422);
    expect((await rollcall.get(back)).status).toBe(303);
    expect((await rollcall.get(back)).status).toBe(422);
  });

  it('where it took longer than ten minutes', async () => {
    const sso = await startSso();
    const { rollcall, atProvider } = newBrowser(sso);
    const begun = await rollcall.get('/sign-in/oidc');
    const address = begun.headers.get('location') ?? '';
    const back = await visitProvider(sso.provider, address, atProvider);
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 10 * 60_000 + 1000 });
    expect((await rollcall.get(back)).status).toBe(422);
  });

  it('by the person who cancels', async () => {
    const sso = await startSso();
    sso.provider.person = null;
    expect(await refusal(sso)).toEqual({
      status: 422,
      words: 'The sign-in was cancelled at the identity provider.',
    });
  });

  it.each([
    { what: 'unverified', account: { email: 'ada@acme.example', email_verified: false } },
    { what: 'missing', account: {} },
  ])('without a verified address: $what', async ({ account }) => {
    const sso = await startSso();
    await somebody(sso.service, { email: 'ada@acme.example' });
    sso.provider.accounts.set('ada', account);
    expect(await refusal(sso)).toMatchObject({
      status: 403,
      words: expect.stringContaining('does not say'),
    });
    expect(await sso.service.dataSource.manager.count(UserIdentity)).toBe(0);
    expect(await audited(sso)).toMatchObject([
      { action: 'sign_in.refused', after: { code: 'sso_email_unverified' } },
    ]);
  });

  it.each([
    { email: 'ada@evil.example', email_verified: true },
    { email: 'ada@sub.acme.example', email_verified: true },
    { email: 'ada@acme.example', email_verified: false },
    {},
  ])('with an address of a domain that is not allowed: %o', async (account) => {
    const sso = await startSso({ env: { OIDC_ALLOWED_DOMAINS: 'acme.example' } });
    await signedInAt(sso);
    sso.provider.accounts.set('ada', account);
    expect((await refusal(sso)).status).toBe(403);
  });

  it('where the user with the address belongs to another account of the provider', async () => {
    const sso = await startSso();
    await signedInAt(sso);
    sso.provider.accounts.set('ada-2', { email: 'ada@acme.example', email_verified: true });
    sso.provider.person = 'ada-2';
    expect(await refusal(sso)).toMatchObject({
      status: 403,
      words: expect.stringContaining('another account'),
    });
  });

  it('where the provider is away, at each step', async () => {
    const sso = await startSso();
    const { rollcall } = newBrowser(sso);
    sso.provider.away = ['/.well-known/'];
    const { status, text } = await rollcall.get('/sign-in/oidc');
    expect([status, text.includes('The identity provider does not answer.')]).toEqual([502, true]);
    for (const away of ['/token', '/jwks', '/me']) {
      sso.provider.away = [away];
      expect(await refusal(sso)).toMatchObject({
        status: 502,
        words: expect.stringContaining('does not answer'),
      });
      expect(sso.provider.count(away)).toBeGreaterThan(0);
    }
    sso.provider.away = [];
    await signedInAt(sso);
  });

  it('where nothing listens at the provider', async () => {
    const sso = await startSso();
    await sso.provider.stop();
    expect((await newBrowser(sso).rollcall.get('/sign-in/oidc')).status).toBe(502);
  });

  it('where single sign-on is not set up', async () => {
    const client = new WebClient((await startWeb()).url);
    expect((await client.get('/sign-in/oidc')).status).toBe(404);
    expect((await client.get('/sign-in')).text).not.toContain('single sign-on');
  });
});

it('asks the provider through the proxy', async () => {
  const proxy = await startForwardProxy();
  const sso = await startSso({ env: { HTTP_PROXY: proxy.url } });
  await signedInAt(sso);
  expect(new Set(proxy.connected)).toEqual(new Set([new URL(sso.provider.issuer).host]));
});
