import { describe, expect, it } from 'vitest';
import { Session } from '../../src/accounts/sessions/session.entity.js';
import { UserIdentity } from '../../src/accounts/single-sign-on/user-identity.entity.js';
import { startGithubWithApp } from '../support/github-apps.js';
import { ways } from '../support/service.js';
import { signedIn, somebody, startWeb } from '../support/web.js';
import { WebClient } from '../support/web-client.js';
import {
  audited,
  connectByApp,
  type GithubSignOn,
  hasEmail,
  places,
  signedInWithGithub,
  signInWithGithub,
  startGithubSignOn,
  users,
  visitGithub,
} from './support/github-sign-on.js';

const identities = ({ service }: GithubSignOn) => service.dataSource.manager.find(UserIdentity);

describe.each(ways)('signing in with GitHub, $way', (way) => {
  it('makes a member at the first time, and finds them at the next', async () => {
    const started = await startGithubSignOn(way);
    const browser = await signedInWithGithub(started);
    const page = await browser.get('/integrations');
    expect([page.status, page.text.includes('ada@acme.example')]).toEqual([200, true]);
    await signedInWithGithub(started);
    expect(await users(started)).toMatchObject([
      { email: 'ada@acme.example', passwordHash: '', instanceAdmin: false },
    ]);
    const issuer = started.simulator.url;
    expect(await identities(started)).toMatchObject([{ issuer, subject: '4711' }]);
    expect(await places(started)).toEqual(['1 ada@acme.example member']);
    const ada = { actorName: 'ada@acme.example', teamId: 1 };
    const by = 'GitHub';
    expect(await audited(started)).toEqual([
      { ...ada, action: 'user.create', after: { role: 'member', by } },
      { ...ada, action: 'identity.link', after: { issuer, subject: '4711' } },
      { ...ada, action: 'sign_in', after: { by } },
      { ...ada, action: 'sign_in', after: { by } },
    ]);
    const kept = (await started.service.dataSource.manager.find(Session)).map(({ data }) => data);
    expect(kept.join()).not.toContain('ghu_');
  });

  it('knows somebody by the id, whatever their login and address become', async () => {
    const started = await startGithubSignOn(way);
    await signedInWithGithub(started);
    started.world.renameUser(started.ada, 'ada-king');
    hasEmail(started.ada, 'ada.king@acme.example');
    await signedInWithGithub(started);
    expect(await users(started)).toMatchObject([{ id: 1, email: 'ada.king@acme.example' }]);
    const eve = started.world.addUser({ login: 'ada', email: 'eve@acme.example' });
    started.organization.join(eve);
    started.world.signedIn = eve;
    await signedInWithGithub(started);
    expect((await users(started)).map(({ email }) => email)).toEqual([
      'ada.king@acme.example',
      'eve@acme.example',
    ]);
  });

  it('links a user by the verified address, who keeps their role', async () => {
    const started = await startGithubSignOn(way);
    await somebody(started.service, { email: 'ada@acme.example', role: 'admin' });
    await signedInWithGithub(started);
    expect(await places(started)).toEqual(['1 ada@acme.example admin']);
    expect((await audited(started)).map(({ action }) => action)).toEqual([
      'identity.link',
      'sign_in',
    ]);
  });

  it('takes no unverified address, and then follows the login in the address of GitHub', async () => {
    const started = await startGithubSignOn(way);
    await somebody(started.service, { email: 'ada@acme.example' });
    hasEmail(started.ada, 'ada@acme.example', false);
    await signedInWithGithub(started);
    const emails = async () => (await users(started)).map(({ email }) => email);
    const noreply = (login: string) => `4711+${login}@users.noreply.127.0.0.1`;
    expect(await emails()).toEqual(['ada@acme.example', noreply('ada')]);
    started.world.renameUser(started.ada, 'Ada-King');
    await signedInWithGithub(started);
    expect(await emails()).toEqual(['ada@acme.example', noreply('ada-king')]);
    hasEmail(started.ada, 'king@acme.example');
    await signedInWithGithub(started);
    started.app.permissions = { members: 'read' };
    await signedInWithGithub(started);
    expect(await emails()).toEqual(['ada@acme.example', 'king@acme.example']);
  });

  it('puts people into each team of their organizations, and into no other', async () => {
    const started = await startGithubSignOn(way);
    const { world, ada } = started;
    const labs = world.addOrganization({ login: 'labs' });
    labs.join(ada, { role: 'admin' });
    await connectByApp(started, started.organization, 'blue');
    await connectByApp(started, world.addOrganization({ login: 'strangers' }), 'red');
    await signedInWithGithub(started);
    expect(await places(started)).toEqual([
      '1 ada@acme.example member',
      '2 ada@acme.example member',
    ]);
    await connectByApp(started, labs, 'green');
    await signedInWithGithub(started);
    expect((await places(started)).at(-1)).toBe('4 ada@acme.example member');
    const joined = (await audited(started)).filter(({ action }) => action === 'user.join');
    expect(joined).toMatchObject([{ teamId: 4, after: { role: 'member', by: 'GitHub' } }]);
  });

  it('makes owners admins where that is set, and takes only the role that it gave', async () => {
    const started = await startGithubSignOn({ ...way, env: { GITHUB_OWNERS_ARE_ADMINS: 'true' } });
    const { service, organization, ada } = started;
    await connectByApp(started, organization, 'blue');
    for (const team of ['default', 'blue'])
      await somebody(service, { email: `root@${team}.example`, team });
    await somebody(service, { email: 'ada@acme.example', team: 'blue' });
    organization.setRole(ada, 'admin');
    await signedInWithGithub(started);
    const ofAda = async () => (await places(started)).filter((place) => place.includes('ada@'));
    expect(await ofAda()).toEqual([
      '1 ada@acme.example admin by github',
      '2 ada@acme.example admin',
    ]);
    organization.setRole(ada, 'member');
    await signedInWithGithub(started);
    expect(await ofAda()).toEqual(['1 ada@acme.example member', '2 ada@acme.example admin']);
    const changes = (await audited(started)).filter(({ action }) => action === 'user.role');
    expect(changes.map(({ teamId, after }) => ({ teamId, after }))).toEqual(
      ['admin', 'member'].map((role) => ({ teamId: 1, after: { role, by: 'GitHub' } })),
    );
  });

  it('keeps the last admin of a team', async () => {
    const started = await startGithubSignOn({ ...way, env: { GITHUB_OWNERS_ARE_ADMINS: 'true' } });
    started.organization.setRole(started.ada, 'admin');
    await signedInWithGithub(started);
    started.organization.setRole(started.ada, 'member');
    await signedInWithGithub(started);
    expect(await places(started)).toEqual(['1 ada@acme.example admin by github']);
  });

  it('makes one user of several first sign-ins at once', async () => {
    const started = await startGithubSignOn(way);
    const answers = await Promise.all([1, 2, 3].map(() => signInWithGithub(started)));
    expect(answers.map(({ status }) => status)).toEqual([303, 303, 303]);
    expect(await users(started)).toHaveLength(1);
  });
});

describe('the page', () => {
  it('has a button that keeps where to go', async () => {
    const { service } = await startGithubSignOn();
    const browser = new WebClient(service.url);
    const { text } = await browser.get('/sign-in?next=%2Fapi-tokens%3Fa%3D1');
    const [, href = ''] = /href="([^"]*)">Sign in with GitHub</.exec(text) ?? [];
    const back = await visitGithub(browser, href.replaceAll('&#x3D;', '='));
    expect((await browser.get(back)).headers.get('location')).toBe('/api-tokens?a=1');
  });

  it('asks GitHub with PKCE and a state, and gives away no secret', async () => {
    const { service, simulator } = await startGithubSignOn();
    const begun = await new WebClient(service.url).get('/sign-in/github');
    const { origin, searchParams } = new URL(begun.headers.get('location') ?? '');
    expect([begun.status, origin]).toEqual([302, simulator.url]);
    expect(Object.fromEntries(searchParams)).toEqual({
      client_id: expect.any(String),
      redirect_uri: `${service.url}/sign-in/github/callback`,
      state: expect.stringMatching(/^[\w-]{43}$/),
      code_challenge: expect.stringMatching(/^[\w-]{43}$/),
      code_challenge_method: 'S256',
    });
  });

  it('lets each of several tabs end what it began', async () => {
    const { service } = await startGithubSignOn();
    const browser = new WebClient(service.url);
    const [first] = [await visitGithub(browser), await visitGithub(browser)];
    expect((await browser.get(first)).status).toBe(303);
    expect((await browser.get('/integrations')).status).toBe(200);
  });

  it('lets in again whom an admin removed, as long as GitHub has them', async () => {
    const started = await startGithubSignOn();
    const own = await signedInWithGithub(started);
    const admin = await signedIn(started.service);
    await admin.post('/users/1/remove');
    expect((await own.get('/integrations')).status).toBe(302);
    await signedInWithGithub(started);
    expect(await places(started)).toContain('1 ada@acme.example member');
    expect((await audited(started)).slice(-2)).toMatchObject([
      { action: 'user.join', after: { role: 'member', by: 'GitHub' } },
      { action: 'sign_in' },
    ]);
  });

  it('needs no password and no other provider', async () => {
    const started = await startGithubSignOn({ env: { PASSWORD_SIGN_IN: 'false' } });
    const { text } = await new WebClient(started.service.url).get('/sign-in');
    expect(text).toContain('Sign in with GitHub');
    expect(text).not.toContain('type="password"');
    const browser = await signedInWithGithub(started);
    expect((await browser.get('/account')).status).toBe(200);
  });

  it('shows such users to an admin as any other', async () => {
    const started = await startGithubSignOn();
    const own = await signedInWithGithub(started);
    const account = await own.get('/account');
    expect([account.status, account.text.includes('ada@acme.example')]).toEqual([200, true]);
    const admin = await signedIn(started.service);
    expect((await admin.get('/users')).text).toContain('ada@acme.example');
  });

  it.each([
    { what: 'the setting is off', env: { GITHUB_SIGN_IN: 'false' } },
    { what: 'only an OAuth App is set up', env: { GITHUB_APP_ID: '', GITHUB_APP_PRIVATE_KEY: '' } },
  ])('has no button where $what, and the addresses are refused', async ({ env }) => {
    const github = await startGithubWithApp();
    const service = await startWeb({ env: { ...github.env, ...env } });
    const browser = new WebClient(service.url);
    expect((await browser.get('/sign-in')).text).not.toContain('Sign in with GitHub');
    for (const path of ['/sign-in/github', '/sign-in/github/callback?code=a&state=b'])
      expect((await browser.get(path)).status).toBe(404);
  });
});
