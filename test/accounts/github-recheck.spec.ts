import { describe, expect, it } from 'vitest';
import { ApiTokensService } from '../../src/accounts/api-tokens/api-tokens.service.js';
import { Session } from '../../src/accounts/sessions/session.entity.js';
import { SsoSession } from '../../src/accounts/single-sign-on/sso-session.entity.js';
import { ways } from '../support/service.js';
import { somebody } from '../support/web.js';
import type { WebClient } from '../support/web-client.js';
import {
  audited,
  connectByApp,
  type GithubSignOn,
  makeRecheckDue,
  places,
  refusalIn,
  signedInWithGithub,
  startGithubSignOn,
} from './support/github-sign-on.js';

const page = '/integrations';

/** The next page, before which GitHub is asked. */
async function checked(started: GithubSignOn, browser: WebClient) {
  await makeRecheckDue(started);
  return browser.get(page);
}

/** Why the session ended, on the page of the sign-in. */
async function endOf(started: GithubSignOn, browser: WebClient) {
  const answer = await checked(started, browser);
  expect(answer.status).toBe(302);
  return refusalIn((await browser.follow(answer)).text);
}

const REFUSED = 'The identity provider no longer lets you in, so your session has ended.';

const asked = ({ simulator }: GithubSignOn) =>
  simulator.requests.count(/^GET \/orgs\/\w+\/memberships\//);

/** As if GitHub had been away for so many minutes. */
async function failSince({ service }: GithubSignOn, minutes: number) {
  const failingSince = new Date(Date.now() - minutes * 60_000);
  await service.dataSource.createQueryBuilder().update(SsoSession).set({ failingSince }).execute();
}

describe.each(ways)('a session of a sign-in with GitHub, $way', (way) => {
  it('is asked about when it is due, once for several requests, and goes on', async () => {
    const started = await startGithubSignOn(way);
    const browser = await signedInWithGithub(started);
    expect((await browser.get(page)).status).toBe(200);
    expect(asked(started)).toBe(0);
    for (const expected of [1, 2]) {
      await makeRecheckDue(started);
      const answers = await Promise.all([1, 2, 3].map(() => browser.get(page)));
      expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
      expect(asked(started)).toBe(expected);
    }
    const [session] = await started.service.dataSource.manager.find(Session);
    const minutes = ((session?.recheckAt?.getTime() ?? 0) - Date.now()) / 60_000;
    expect(minutes).toBeGreaterThan(14);
    expect(minutes).toBeLessThanOrEqual(15);
  });

  it('ends for somebody who left, who is then in none of its teams', async () => {
    const started = await startGithubSignOn(way);
    const browser = await signedInWithGithub(started);
    started.organization.leave(started.ada);
    expect(await endOf(started, browser)).toBe(REFUSED);
    expect(await places(started)).toEqual([]);
    expect((await audited(started)).slice(-2)).toEqual([
      {
        ...{ action: 'user.remove', actorName: 'ada@acme.example', teamId: 1 },
        after: { by: 'GitHub' },
      },
      {
        ...{ action: 'sign_out', actorName: 'ada@acme.example', teamId: 0 },
        after: { reason: 'sso_session_refused' },
      },
    ]);
  });

  it('lives on while GitHub is away, for an hour', async () => {
    const started = await startGithubSignOn(way);
    const browser = await signedInWithGithub(started);
    const down = started.simulator.faults.on(/\/memberships\/ada/, { times: Infinity }).status(503);
    expect((await checked(started, browser)).status).toBe(200);
    expect((await browser.get(page)).status).toBe(200);
    await failSince(started, 59);
    expect((await checked(started, browser)).status).toBe(200);
    down.remove();
    expect((await checked(started, browser)).status).toBe(200);
    const [kept] = await started.service.dataSource.manager.find(SsoSession);
    expect(kept).toMatchObject({ failingSince: null, claimedUntil: null });
    started.simulator.faults.on(/\/memberships\/ada/, { times: Infinity }).status(503);
    await failSince(started, 61);
    expect(await endOf(started, browser)).toContain('did not answer for too long');
    expect(await places(started)).toEqual(['1 ada@acme.example member']);
  });

  it('follows each team by itself', async () => {
    const started = await startGithubSignOn({ ...way, env: { GITHUB_OWNERS_ARE_ADMINS: 'true' } });
    const { world, ada, service, organization } = started;
    const labs = world.addOrganization({ login: 'labs' });
    labs.join(ada, { role: 'admin' });
    await connectByApp(started, labs, 'blue');
    await somebody(service, { email: 'root@blue.example', team: 'blue' });
    const browser = await signedInWithGithub(started);
    const tokens = service.app.get(ApiTokensService, { strict: false });
    const { value } = await tokens.create(2, 'of Ada', { madeBy: 'ada@acme.example' });
    expect(await tokens.authenticate(value)).toMatchObject({ teamId: 2 });
    const ofAda = async () => (await places(started)).filter((place) => place.includes('ada@'));
    expect(await ofAda()).toEqual([
      '1 ada@acme.example member',
      '2 ada@acme.example admin by github',
    ]);
    labs.setRole(ada, 'member');
    organization.setRole(ada, 'admin');
    expect((await checked(started, browser)).status).toBe(200);
    expect(await ofAda()).toEqual([
      '1 ada@acme.example admin by github',
      '2 ada@acme.example member',
    ]);
    await expect(tokens.authenticate(value)).rejects.toThrow();
    labs.leave(ada);
    expect((await checked(started, browser)).status).toBe(200);
    expect(await ofAda()).toEqual(['1 ada@acme.example admin by github']);
  });
});

describe('a session of a sign-in with GitHub', () => {
  it('goes on for somebody who was renamed, and whose organization was', async () => {
    const started = await startGithubSignOn();
    const browser = await signedInWithGithub(started);
    started.world.renameUser(started.ada, 'ada-king');
    started.organization.rename('acme-inc');
    started.world.addOrganization({ login: 'acme' });
    started.world.addUser({ login: 'ada' });
    expect((await checked(started, browser)).status).toBe(200);
    const [kept] = await started.service.dataSource.manager.find(SsoSession);
    expect(kept?.failingSince).toBeNull();
    started.organization.leave(started.ada);
    expect(await endOf(started, browser)).toBe(REFUSED);
  });

  it.each([
    { what: 'is suspended', act: ({ world, ada }: GithubSignOn) => world.suspendUser(ada) },
    { what: 'is deleted', act: ({ world, ada }: GithubSignOn) => world.deleteUser(ada) },
  ])('ends for somebody whose account $what', async ({ act }) => {
    const started = await startGithubSignOn();
    const browser = await signedInWithGithub(started);
    act(started);
    expect(await endOf(started, browser)).toBe(REFUSED);
  });

  it('takes nobody out whom a person put in, and whom nobody else can replace', async () => {
    const started = await startGithubSignOn({ env: { GITHUB_OWNERS_ARE_ADMINS: 'true' } });
    const { service, organization, ada } = started;
    await connectByApp(started, organization, 'blue');
    await somebody(service, { email: 'ada@acme.example', role: 'member' });
    organization.setRole(ada, 'admin');
    const browser = await signedInWithGithub(started);
    organization.leave(ada);
    expect(await endOf(started, browser)).toBe(REFUSED);
    expect(await places(started)).toEqual([
      '1 ada@acme.example admin by github',
      '2 ada@acme.example admin by github',
    ]);
    await somebody(service, { email: 'root@default.example' });
    await somebody(service, { email: 'root@blue.example', team: 'blue' });
    organization.join(ada);
    await signedInWithGithub(started);
    expect((await places(started)).filter((place) => place.includes('ada@'))).toEqual([
      '1 ada@acme.example member',
      '2 ada@acme.example member',
    ]);
  });

  it('is checked at once where the sign-in did not prove a team again', async () => {
    const started = await startGithubSignOn();
    const labs = started.world.addOrganization({ login: 'labs' });
    labs.join(started.ada);
    await connectByApp(started, labs, 'blue');
    await signedInWithGithub(started);
    labs.leave(started.ada);
    const browser = await signedInWithGithub(started);
    expect(await places(started)).toHaveLength(2);
    expect((await browser.get(page)).status).toBe(200);
    expect(await places(started)).toEqual(['1 ada@acme.example member']);
  });

  it('lives on where GitHub refuses the credential of the organization', async () => {
    const started = await startGithubSignOn();
    const browser = await signedInWithGithub(started);
    const installation = started.app.installationOn(started.organization);
    if (installation) started.world.uninstallApp(installation);
    expect((await checked(started, browser)).status).toBe(200);
    await failSince(started, 61);
    expect(await endOf(started, browser)).toContain('did not answer for too long');
  });

  it('lives on where one of two organizations does not answer', async () => {
    const started = await startGithubSignOn();
    const labs = started.world.addOrganization({ login: 'labs' });
    labs.join(started.ada);
    await connectByApp(started, labs, 'blue');
    const browser = await signedInWithGithub(started);
    started.simulator.faults.on(/\/orgs\/labs\/memberships/, { times: Infinity }).status(503);
    for (let i = 0; i < 2; i++) expect((await checked(started, browser)).status).toBe(200);
    expect(await places(started)).toHaveLength(2);
    started.organization.leave(started.ada);
    expect((await checked(started, browser)).status).toBe(200);
    expect(await places(started)).toEqual(['2 ada@acme.example member']);
  });

  it('is not renewed at another provider', async () => {
    const started = await startGithubSignOn();
    const browser = await signedInWithGithub(started);
    const renewal = await browser.get('/sign-in/oidc/renew?next=%2Fapi-tokens');
    expect(renewal.headers.get('location')).toBe('/api-tokens');
    expect((await browser.get(page)).status).toBe(200);
  });

  it('ends where signing in with GitHub was turned off, or another GitHub configured', async () => {
    const started = await startGithubSignOn();
    const browser = await signedInWithGithub(started);
    started.service.config.githubSignIn = undefined;
    expect(await endOf(started, browser)).toBe(REFUSED);
    started.service.config.githubSignIn = { ownersAreAdmins: false };
    const other = await signedInWithGithub(started);
    await started.service.dataSource.query("UPDATE user_identities SET issuer = 'https://other'");
    expect(await endOf(started, other)).toContain('no longer signed in at the identity provider');
  });
});
