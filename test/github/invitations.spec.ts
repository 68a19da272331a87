import { describe, expect, it } from 'vitest';
import {
  type InvitationOptions,
  readInvitations,
} from '../../src/github/invitations/read-invitations.js';
import { Stage } from '../simulator/support/stage.js';
import { ownClient, TEST_TOKEN } from '../support/github-client.js';

const ALWAYS = { times: Number.POSITIVE_INFINITY };
const PENDING = /\/invitations\?/;

async function stage(rights: object = {}) {
  const stage = await Stage.set();
  const { organization, world, simulator, owner } = stage;
  world.addToken({ token: TEST_TOKEN, user: owner, ...rights });
  const client = ownClient(simulator.url);
  const pinned = { id: organization.id, login: organization.login };
  const read = (options: Partial<InvitationOptions> = {}) =>
    readInvitations(client, pinned, { concurrency: 4, ...options });
  return { ...{ stage, organization, world, simulator, owner, read } };
}

describe('invitations', () => {
  it('come pending and failed, by login and by address, with their teams', async () => {
    const { stage: all, organization, owner, simulator, read } = await stage();
    const { teams, invitations } = organization;
    const [platform, secret] = [
      teams.create('Platform'),
      teams.create('Sécrets', { privacy: 'secret' }),
    ];
    const createdAt = new Date('2026-05-02T10:00:00Z');
    organization.invite(all.outsider, { role: 'admin', teams: [platform, secret], createdAt });
    const billing = organization.invite('new@example.com', { role: 'billing_manager' });
    const expired = organization.invite('old@example.com', { createdAt });
    invitations.fail(expired);
    const found = await read();
    expect(found).toMatchObject([
      {
        ...{ login: 'outsider', email: null, role: 'admin', state: 'pending' },
        ...{ invitedAt: createdAt, failedAt: null, failedReason: null },
        inviter: { githubId: owner.id, login: 'Owner' },
        githubTeams: [
          { githubId: platform.id, slug: 'platform', name: 'Platform' },
          { githubId: secret.id, slug: 'secrets', name: 'Sécrets' },
        ],
      },
      { githubId: billing.id, login: null, email: 'new@example.com', role: 'billing_manager' },
      {
        ...{ githubId: expired.id, role: 'member', state: 'failed', githubTeams: [] },
        failedReason: expect.stringContaining('expired'),
        failedAt: expect.any(Date),
      },
    ]);
    expect(simulator.requests.count(/invitations\/\d+\/teams/)).toBe(1);
  });

  it('are asked for their teams where these are not known, as often as allowed', async () => {
    const { organization, simulator, read } = await stage();
    const [web, api] = [organization.teams.create('Web'), organization.teams.create('API')];
    const [known, failed, grown, last] = ['a', 'b', 'c', 'd'].map((name) =>
      organization.invite(`${name}@example.com`, { teams: [web, api] }),
    ) as [never, never, never, never];
    organization.invitations.fail(failed);
    const knownTeams = new Map(
      (await read()).map(({ githubId, githubTeams }) => [githubId, githubTeams]),
    );
    const { id } = grown as { id: number };
    knownTeams.set(id, knownTeams.get(id)?.slice(1) ?? null);
    knownTeams.delete((failed as { id: number }).id);
    knownTeams.delete((last as { id: number }).id);
    const before = simulator.requests.count(/invitations\/\d+\/teams/);
    const found = await read({ knownTeams, maxTeamRequests: 2 });
    expect(simulator.requests.count(/invitations\/\d+\/teams/)).toBe(before + 2);
    const teams = new Map(found.map(({ githubId, githubTeams }) => [githubId, githubTeams]));
    const of = (one: { id: number }) => teams.get(one.id)?.length;
    expect([known, failed, grown, last].map(of)).toEqual([2, undefined, 2, 2]);
  });

  it('are none where nobody is invited, or all were cancelled or accepted', async () => {
    const { stage: all, organization, read } = await stage();
    expect(await read()).toEqual([]);
    organization.invitations.cancel(organization.invite('new@example.com'));
    organization.accept(organization.invite(all.outsider));
    expect(await read()).toEqual([]);
    expect(organization.membership(all.outsider)).toMatchObject({ role: 'member' });
  });

  it('are all found, also where one is cancelled between pages', async () => {
    const { organization, simulator, read } = await stage();
    for (let n = 0; n < 130; n++) organization.invite(`n${n}@example.com`);
    const [first, ...others] = organization.invitations.pending;
    simulator.faults.on(/invitations\?.*page=2/).before(() => {
      if (first) organization.invitations.cancel(first);
    });
    const found = await read();
    expect(found.map(({ githubId }) => githubId)).toEqual(
      others.map(({ id }) => id).toSorted((one, other) => one - other),
    );
  });

  it('are in one list where one fails meanwhile', async () => {
    const { organization, simulator, read } = await stage();
    const one = organization.invite('new@example.com');
    simulator.faults.on(PENDING, { after: 1 }).before(() => organization.invitations.fail(one));
    expect(await read()).toMatchObject([{ githubId: one.id, state: 'failed' }]);
  });

  it('are incomplete where they keep changing, or lead to teams no longer', async () => {
    const { organization, simulator, read } = await stage();
    const changing = simulator.faults.on(PENDING, ALWAYS).before(() => {
      organization.invite('new@example.com');
    });
    await expect(read()).rejects.toMatchObject({ code: 'listing_incomplete' });
    changing.remove();
    const teams = [organization.teams.create('Platform')];
    const one = organization.invite('one@example.com', { teams });
    simulator.faults.on(/\/teams\?/).before(() => organization.invitations.cancel(one));
    await expect(read()).rejects.toMatchObject({ code: 'listing_incomplete' });
  });

  it('are not those of another organization with the same name', async () => {
    const { organization, world, simulator, read } = await stage();
    simulator.faults.on(PENDING).before(() => {
      organization.rename('acme-2');
      const other = world.addOrganization({ login: 'acme' });
      const token = world.token(TEST_TOKEN);
      if (token?.user) other.join(token.user, { role: 'admin' });
      other.invite('new@example.com');
    });
    await expect(read()).rejects.toMatchObject({ code: 'listing_incomplete' });
  });

  it.each([
    ['a member', 'member', {}],
    ['a token without the scope', 'owner', { scopes: ['repo'] }],
    ['a token without the permission', 'owner', { kind: 'fine-grained', membersPermission: false }],
  ] as const)('are not shown to %s, who is told what it takes', async (_, user, rights) => {
    const { stage: all, world, organization, read } = await stage();
    organization.invite('new@example.com');
    world.addToken({ token: TEST_TOKEN, user: all[user], ...rights });
    await expect(read()).rejects.toMatchObject({
      code: 'missing_permission',
      message: expect.stringContaining('invitations'),
      remedy: expect.stringMatching(/organization owner.*"Members: read"/),
    });
  });

  it('are not visible where GitHub hides them', async () => {
    const { simulator, read } = await stage();
    simulator.faults.on(/failed_invitations/).status(404);
    await expect(read()).rejects.toMatchObject({ code: 'missing_permission' });
  });

  it('of an unexpected shape are refused', async () => {
    const { simulator, read } = await stage();
    simulator.faults.on(PENDING, ALWAYS).status(200, [{ id: 'x' }]);
    await expect(read()).rejects.toMatchObject({ code: 'github_answer_invalid' });
  });
});
