import { describe, expect, it } from 'vitest';
import { GithubIntegration } from '../../src/integrations/connections/github-integration.entity.js';
import { WebClient } from '../support/web-client.js';
import {
  audited,
  type GithubSignOn,
  refusalIn,
  signedInWithGithub,
  signInWithGithub,
  startGithubSignOn,
  users,
  visitGithub,
} from './support/github-sign-on.js';

const exchanges = ({ simulator }: GithubSignOn) =>
  simulator.requests.count(/^POST \/login\/oauth\/access_token$/);

describe('a sign-in with GitHub is refused', () => {
  const refusal = async (started: GithubSignOn) => {
    const { status, text, browser } = await signInWithGithub(started);
    expect((await browser.get('/integrations')).status).toBe(302);
    return { status, words: refusalIn(text) };
  };
  const stranger = {
    status: 403,
    words: 'You are not an active member of any GitHub organization that is connected here.',
  };

  it('with a forged, a used or no state', async () => {
    const started = await startGithubSignOn();
    const browser = new WebClient(started.service.url);
    const back = await visitGithub(browser);
    const other = (first: string) => (first === '_' ? '-' : '_');
    for (const forged of [back.replace(/(?<=state=)./, other), back.replace(/state=[^&]+/, '')]) {
      const { status, text } = await browser.get(forged);
      expect([status, text.includes('has expired, or it was not started here')]).toEqual([
        422,
        true,
      ]);
    }
    const crossed = back.replace('/github/', '/oidc/');
    expect((await browser.get(crossed)).status).toBe(422);
    expect((await new WebClient(started.service.url).get(back)).status).toBe(422);
    expect(exchanges(started)).toBe(0);
    expect((await browser.get(back)).status).toBe(303);
    expect((await browser.get(back)).status).toBe(422);
    expect(exchanges(started)).toBe(1);
    expect((await browser.get('/integrations')).status).toBe(200);
  });

  it('by the person who declines', async () => {
    const started = await startGithubSignOn();
    started.world.declines = true;
    expect(await refusal(started)).toEqual({
      status: 422,
      words: 'You declined at GitHub, so nobody was signed in.',
    });
  });

  it.each([
    {
      who: 'somebody of another organization',
      prepare: ({ world, app, ada, organization }: GithubSignOn) => {
        organization.leave(ada);
        const strangers = world.addOrganization({ login: 'strangers' });
        strangers.join(ada);
        world.installApp(app, strangers);
      },
    },
    {
      who: 'somebody who works on a repository',
      prepare: ({ ada, organization }: GithubSignOn) => {
        organization.leave(ada);
        organization.collaborators.add(ada);
      },
    },
    {
      who: 'somebody who has not accepted the invitation',
      prepare: ({ ada, organization }: GithubSignOn) => {
        organization.leave(ada);
        organization.collaborators.add(ada);
        organization.invite(ada, { role: 'admin' });
      },
    },
    {
      who: 'a member where the App may not read members any more',
      prepare: ({ app, organization }: GithubSignOn) => {
        const installation = app.installationOn(organization);
        if (installation) installation.permissions = {};
      },
    },
    {
      who: 'a member where the App is not installed any more',
      prepare: ({ world, app, organization }: GithubSignOn) => {
        const installation = app.installationOn(organization);
        if (installation) world.uninstallApp(installation);
      },
    },
  ])('for $who', async ({ prepare }) => {
    const started = await startGithubSignOn();
    prepare(started);
    expect(await refusal(started)).toEqual(stranger);
    expect(await users(started)).toEqual([]);
    expect(await audited(started)).toEqual([
      {
        ...{ action: 'sign_in.refused', actorName: 'ada', teamId: 0 },
        after: { code: 'github_not_a_member', by: 'GitHub' },
      },
    ]);
  });

  it('for strangers, of whom the audit log has at most 20 a minute', async () => {
    const started = await startGithubSignOn();
    started.organization.leave(started.ada);
    const browser = new WebClient(started.service.url);
    for (let i = 0; i < 22; i++)
      expect((await signInWithGithub(started, browser)).status).toBe(403);
    expect(await audited(started)).toHaveLength(20);
  });

  it('for somebody known who left, in the log of their team', async () => {
    const started = await startGithubSignOn();
    await signedInWithGithub(started);
    started.organization.leave(started.ada);
    expect(await refusal(started)).toEqual(stranger);
    expect((await audited(started)).at(-1)).toMatchObject({
      ...{ action: 'sign_in.refused', actorName: 'ada@acme.example', teamId: 1 },
    });
  });

  it('for a member of an organization that is disconnected', async () => {
    const started = await startGithubSignOn();
    const { manager } = started.service.dataSource;
    await manager.update(GithubIntegration, { teamId: 1 }, { disconnectedAt: new Date() });
    expect(await refusal(started)).toEqual(stranger);
  });

  it('where the user with the address belongs to another account of GitHub', async () => {
    const started = await startGithubSignOn();
    await signedInWithGithub(started);
    const other = started.world.addUser({ login: 'ada-2', email: 'ada@acme.example' });
    started.organization.join(other);
    started.world.signedIn = other;
    expect(await refusal(started)).toMatchObject({
      status: 403,
      words: expect.stringContaining('another account'),
    });
  });

  it.each([
    { where: /\/login\/oauth\/access_token/ },
    { where: /\/user$/ },
    { where: /\/user\/installations/ },
    { where: /\/user\/memberships/ },
    { where: /\/user\/emails/ },
  ])('where GitHub is away at $where', async ({ where }) => {
    const started = await startGithubSignOn();
    const down = started.simulator.faults.on(where, { times: Infinity }).status(503);
    expect((await refusal(started)).status).toBe(502);
    down.remove();
    await signedInWithGithub(started);
  });

  it.each([
    { error: 'redirect_uri_mismatch', says: '/sign-in/github/callback' },
    { error: 'application_suspended', says: 'sign in in another way' },
    { error: 'anything_else', says: 'Choose Sign in with GitHub again.' },
  ])('that GitHub ends with $error, and says what to do', async ({ error, says }) => {
    const { service } = await startGithubSignOn();
    const browser = new WebClient(service.url);
    const state = new URL(await visitGithub(browser), service.url).searchParams.get('state');
    const answer = await browser.get(`/sign-in/github/callback?error=${error}&state=${state}`);
    expect([answer.status, answer.text.includes(says)]).toEqual([422, true]);
  });

  it('without https where it is needed', async () => {
    const started = await startGithubSignOn({
      env: { PUBLIC_URL: 'https://rollcall.example.org' },
    });
    const { status, text } = await new WebClient(started.service.url).get('/sign-in/github');
    expect([status, text.includes('Sign-in needs https')]).toEqual([400, true]);
  });
});
