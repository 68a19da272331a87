import { describe, expect, it } from 'vitest';
import { readOutsideCollaborators } from '../../src/github/collaborators/read-outside-collaborators.js';
import type { TokenDetails } from '../../src/simulator/token.js';
import { Stage } from '../simulator/support/stage.js';
import { ownClient, TEST_TOKEN } from '../support/github-client.js';

const OPTIONS = { twoFactor: true, email: true, concurrency: 4, maxPeople: 1000 };
const LIST = /outside_collaborators\?/;

const fineGrained = (details: Partial<TokenDetails> = {}) => ({
  ...{ kind: 'fine-grained', membersPermission: false },
  ...details,
});

/** An organization with collaborators, and a client of its owner. */
async function stage(count = 3, details: Partial<TokenDetails> = {}) {
  const stage = await Stage.set();
  const { organization, world, simulator, owner } = stage;
  const people = Array.from({ length: count }, () => world.addUser());
  for (const user of people) organization.collaborators.add(user);
  world.addToken({ token: TEST_TOKEN, user: owner, ...details });
  const client = ownClient(simulator.url);
  const read = (options: Partial<typeof OPTIONS> = {}) =>
    readOutsideCollaborators(client, organization, { ...OPTIONS, ...options });
  return { ...{ stage, organization, world, simulator, people, client, read } };
}

const ids = (people: { id: number }[]) =>
  people.map(({ id }) => id).toSorted((one, other) => one - other);

describe('outside collaborators', () => {
  it('come with profile and two-factor state', async () => {
    const { people, world, read } = await stage();
    const [without, unnamed, suspended] = people;
    Object.assign(without ?? {}, { twoFactor: false, email: 'one@example.com', name: 'Ünal ✨' });
    Object.assign(unnamed ?? {}, { twoFactor: true, name: null, email: null });
    if (suspended) world.suspendUser(suspended);
    const found = await read();
    expect(found.map(({ githubId }) => githubId)).toEqual(ids(people));
    const of = (user: (typeof people)[number] | undefined) =>
      found.find(({ githubId }) => githubId === user?.id);
    expect(of(without)).toMatchObject({
      ...{ login: without?.login, nodeId: without?.nodeId, name: 'Ünal ✨', role: null },
      ...{ email: 'one@example.com', twoFactorEnabled: false, githubType: 'User' },
    });
    expect(of(unnamed)).toMatchObject({ name: '', email: '', twoFactorEnabled: true });
    expect(of(suspended)).toMatchObject({ name: undefined, login: suspended?.login });
    const plain = await read({ twoFactor: false, email: false });
    expect(plain[0]).toMatchObject({ twoFactorEnabled: null, email: undefined });
  });

  it('are nobody who became a member', async () => {
    const { organization, people, read } = await stage(1);
    for (const user of people) organization.join(user);
    expect(await read()).toEqual([]);
  });

  it('are all found, also who moves between pages meanwhile', async () => {
    const { organization, simulator, people, read } = await stage(250);
    const [first, ...others] = organization.collaborators.list();
    simulator.faults.on(/outside_collaborators.*page=2/).before(() => {
      if (first) organization.collaborators.remove(first);
    });
    const found = await read({ twoFactor: false });
    expect(found.map(({ githubId }) => githubId)).toEqual(ids([...others]));
    expect(people).toHaveLength(250);
  });

  it('are incomplete where the list keeps changing', async () => {
    const { organization, world, simulator, read } = await stage(150);
    simulator.faults.on(LIST, { times: Number.POSITIVE_INFINITY }).before(() => {
      organization.collaborators.add(world.addUser());
    });
    await expect(read()).rejects.toMatchObject({ code: 'listing_incomplete' });
  });

  it.each([
    ['a member', { user: 'member' }],
    ['somebody else', { user: 'outsider' }],
    ['a token without the scope', { scopes: ['repo'] }],
    ['a fine-grained token without the permission', fineGrained()],
    [
      'a fine-grained token that waits',
      fineGrained({ approval: 'pending', membersPermission: true }),
    ],
  ])('are not shown to %s, who is told what it takes', async (_, rights) => {
    const { stage: all, world, read } = await stage();
    const { user = 'owner', ...details } = rights as { user?: 'member' | 'outsider' | 'owner' };
    world.addToken({ token: TEST_TOKEN, user: all[user], ...details });
    await expect(read()).rejects.toMatchObject({
      code: 'missing_permission',
      message: expect.stringContaining('outside collaborators'),
      remedy: expect.stringMatching(/organization owner.*"Members: read"/),
    });
  });

  it('keep the other reasons of a refusal', async () => {
    const { organization, read } = await stage();
    organization.requireSso();
    await expect(read()).rejects.toMatchObject({ code: 'sso_required' });
  });
});
