import { describe, expect, it } from 'vitest';
import { nothingRead } from '../../src/github/identities/ask-identities.js';
import { describeIdentities, readIdentities } from '../../src/github/identities/read-identities.js';
import { graphqlField } from '../../src/simulator/faults.js';
import { AppStage } from '../simulator/support/app-stage.js';
import { Stage } from '../simulator/support/stage.js';
import { ownClient, TEST_TOKEN } from '../support/github-client.js';

const ALWAYS = { times: Number.POSITIVE_INFINITY };
const OWNERS = { scopes: ['admin:org', 'read:user'] };

async function stage(members = 5, rights: object = OWNERS) {
  const stage = await Stage.set(members);
  const { organization, world, simulator, owner } = stage;
  world.addToken({ token: TEST_TOKEN, user: owner, ...rights });
  return { stage, organization, world, simulator, owner, read: reader(stage) };
}

function reader({ organization, simulator }: Stage) {
  const client = ownClient(simulator.url);
  const pinned = { id: organization.id, login: organization.login };
  return async () => {
    const read = nothingRead();
    const options = { concurrency: 4, read };
    const { linked, ...found } = await readIdentities(
      client,
      pinned,
      organization.members,
      options,
    );
    const identities = linked === undefined ? undefined : await describeIdentities(client, read);
    expect(identities?.length).toBe(linked);
    return { ...found, identities };
  };
}

describe('identities', () => {
  it('come with NameID, SCIM user name and verified addresses, byte for byte', async () => {
    const { stage: all, organization, owner, world, read } = await stage();
    const { identities } = organization;
    const wide = world.addUser({ id: 2 ** 33 });
    organization.join(wide);
    identities.link(owner, { nameId: 'O.Wner@Corp.Example ', scimUserName: 'owner' });
    identities.link(owner, { nameId: 'second' });
    identities.link(wide, { scimUserName: 'wide@corp.example' });
    identities.link(null, { nameId: 'unlinked' });
    identities.link(all.outsider, { nameId: 'outside' });
    identities.verifyEmails(owner, ['owner@corp.example', 'o@corp.example']);
    const found = await read();
    expect(found.identities).toMatchObject([
      {
        ...{ githubId: owner.id, login: 'Owner', nodeId: owner.nodeId },
        ...{ samlNameId: 'O.Wner@Corp.Example ', scimUserName: 'owner' },
      },
      { githubId: owner.id, samlNameId: 'second', scimUserName: null },
      { githubId: wide.id, samlNameId: null, scimUserName: 'wide@corp.example' },
    ]);
    expect(found.missing).toBeUndefined();
    expect(found.verifiedEmails?.size).toBe(organization.size);
    expect(found.verifiedEmails?.get(owner.nodeId)).toEqual([
      'o@corp.example',
      'owner@corp.example',
    ]);
    expect(found.verifiedEmails?.get(all.member.nodeId)).toEqual([]);
  });

  it('are asked for of many people at once, and of fewer where GitHub refuses', async () => {
    const { organization, simulator, read } = await stage(230);
    for (const user of organization.members)
      organization.identities.link(user, { nameId: user.login });
    const expected = organization.members.map(({ id }) => id);
    const ids = async () => (await read()).identities?.map(({ githubId }) => githubId);
    expect((await ids())?.toSorted((one, other) => one - other)).toEqual(expected);
    const graphql = simulator.requests.count(/graphql/);
    expect(graphql).toBeLessThan(10);
    simulator.faults.on(graphqlField('externalIdentities')).resourceLimits();
    simulator.faults.on(graphqlField('organizationVerifiedDomainEmails')).resourceLimits();
    expect(await ids()).toHaveLength(expected.length);
  });

  it('of somebody renamed meanwhile are found on the pages of all', async () => {
    const { organization, simulator, world, read } = await stage(150);
    for (const user of organization.members)
      organization.identities.link(user, { nameId: user.login });
    const last = organization.members.at(-1);
    simulator.faults.on(graphqlField('externalIdentities'), { after: 1 }).before(() => {
      if (last) world.renameUser(last, 'another-login');
    });
    const found = await read();
    expect(found.identities).toHaveLength(organization.size);
    expect(found.identities).toContainEqual(expect.objectContaining({ login: 'another-login' }));
  });

  it('are all found where somebody has very many, on smaller pages where GitHub refuses', async () => {
    const { organization, owner, simulator, read } = await stage();
    for (let i = 0; i < 120; i++) organization.identities.link(owner, { nameId: `owner-${i}` });
    simulator.faults.on(graphqlField('externalIdentities'), { after: 1 }).resourceLimits();
    const found = await read();
    expect(found.identities?.map(({ samlNameId }) => samlNameId)).toEqual(
      Array.from({ length: 120 }, (_, i) => `owner-${i}`),
    );
  });

  it('say that single sign-on of an enterprise is not visible', async () => {
    const { read } = await stage();
    expect(await read()).toMatchObject({
      identities: undefined,
      verifiedEmails: expect.any(Map),
      missing: expect.stringMatching(/enterprise.*admin:enterprise/),
    });
  });

  it('say what it takes where only the addresses are visible', async () => {
    const { organization, owner, read } = await stage(1, { scopes: ['read:org', 'read:user'] });
    organization.identities.link(owner, { nameId: 'owner' });
    expect(await read()).toMatchObject({
      identities: undefined,
      verifiedEmails: expect.any(Map),
      missing: expect.stringMatching(/single sign-on.*admin:org/),
    });
  });

  it.each([
    ['a member', 'member', OWNERS],
    ['a fine-grained token', 'owner', { kind: 'fine-grained' }],
  ] as const)('are not shown to %s, who is told what it takes', async (_, user, rights) => {
    const { stage: all, world, organization, owner, read } = await stage();
    organization.identities.link(owner, { nameId: 'owner' });
    world.addToken({ token: TEST_TOKEN, user: all[user], ...rights });
    await expect(read()).rejects.toMatchObject({
      code: 'missing_permission',
      remedy: expect.stringMatching(/admin:org.*"Administration: read"/),
    });
  });

  it('are shown to an App that may read the administration', async () => {
    const apps = await AppStage.set();
    const { organization, owner } = apps.stage;
    organization.identities.link(owner, { nameId: 'owner' });
    const token = await apps.token();
    const query = `query { organization(login: "acme") { samlIdentityProvider {
      externalIdentities(first: 5) { nodes { samlIdentity { nameId } } } } } }`;
    const refused = await apps.stage.graphql(query, {}, token);
    expect(refused.errors).toMatchObject([{ type: 'FORBIDDEN' }]);
    apps.installation.permissions = { members: 'read', organization_administration: 'read' };
    expect(await apps.stage.graphql(query, {}, token)).toMatchObject({
      data: {
        organization: {
          samlIdentityProvider: {
            externalIdentities: { nodes: [{ samlIdentity: { nameId: 'owner' } }] },
          },
        },
      },
    });
  });

  it('are incomplete where they keep changing', async () => {
    const { organization, simulator, read } = await stage(120);
    const { members, identities } = organization;
    for (const user of members) identities.link(user, { nameId: user.login });
    simulator.faults.on(graphqlField('externalIdentities'), ALWAYS).before(() => {
      const [first] = identities.list();
      if (first) identities.unlink(first);
    });
    await expect(read()).rejects.toMatchObject({ code: 'listing_incomplete' });
  });
});
