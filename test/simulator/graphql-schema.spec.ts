import { buildSchema, parse, validate } from 'graphql';
import { describe, expect, it } from 'vitest';
import { SCHEMA } from '../../src/simulator/graphql/documents.js';
import { SDL } from '../../src/simulator/graphql/sdl.js';
import { differences, misfits, OFFICIAL } from './support/official-graphql.js';
import { MEMBER, OUTSIDER, OWNER, Stage } from './support/stage.js';

const EVERYTHING = `query ($ids: [ID!]!, $email: Boolean!, $owner: Boolean!) {
  viewer { ...person }
  rateLimit { cost limit nodeCount remaining resetAt used }
  node(id: "MDQ6VXNlcjEx") { __typename id }
  nodes(ids: $ids) { __typename id ...person ... on Organization { login name url avatarUrl } }
  organization(login: "ACME") {
    id databaseId login name url avatarUrl
    membersWithRole(first: 50) {
      totalCount
      nodes { ...person }
      edges { cursor role hasTwoFactorEnabled node { ...person } }
      pageInfo { startCursor endCursor hasNextPage hasPreviousPage }
    }
    samlIdentityProvider @include(if: $owner) {
      externalIdentities(first: 10, membersOnly: true) {
        totalCount
        nodes {
          guid id user { ...person organizationVerifiedDomainEmails(login: "acme") }
          samlIdentity { nameId username emails { value primary } }
          scimIdentity { username emails { value primary } }
        }
        pageInfo { startCursor endCursor hasNextPage hasPreviousPage }
      }
    }
    teams(first: 10) {
      totalCount
      pageInfo { startCursor endCursor hasNextPage hasPreviousPage }
      nodes {
        id databaseId name slug privacy parentTeam { databaseId }
        members(first: 10, membership: IMMEDIATE) {
          totalCount
          nodes { login }
          edges { cursor role node { ...person } }
          pageInfo { startCursor endCursor hasNextPage hasPreviousPage }
        }
      }
    }
  }
}
fragment person on User { id databaseId login name email @include(if: $email) avatarUrl(size: 40) url createdAt }`;

describe("the GraphQL schema, against GitHub's own", () => {
  it('is a part of it: every type, field, argument and nullability', () => {
    expect(differences(SCHEMA)).toEqual([]);
  });

  it.each([
    ['a field of our own', 'email: String!', 'email: String!\n  age: Int'],
    ['another nullability', 'login: String!', 'login: String'],
    ['another argument', 'first: Int)', 'first: Float)'],
    ['a required argument left out', 'organization(login: String!)', 'organization'],
    ['another value of an enum', 'ADMIN', 'OWNER'],
    ['another default', 'dryRun: Boolean = false', 'dryRun: Boolean = true'],
  ])('would notice %s', (_, theirs, ours) => {
    expect(differences(buildSchema(SDL.replace(theirs, ours)))).not.toEqual([]);
  });

  it.each([OWNER, MEMBER, OUTSIDER])('gives %s answers that fit it', async (token) => {
    const stage = await Stage.set(40);
    const [gone] = stage.organization.members.slice(5);
    if (gone) stage.world.suspendUser(gone);
    const { teams, members } = stage.organization;
    const platform = teams.create('Platform', { privacy: 'secret' });
    for (const user of members) teams.add(platform, user);
    teams.create('API', { parent: platform });
    stage.world.addToken({ token: OWNER, user: stage.owner, scopes: ['admin:org', 'read:user'] });
    stage.organization.identities.link(stage.owner, {
      nameId: 'o',
      scimUserName: 'o',
      emails: ['o@x.example'],
    });
    stage.organization.identities.verifyEmails(stage.owner, ['o@x.example']);
    const ids = [
      ...stage.organization.members.map(({ nodeId }) => nodeId),
      stage.organization.nodeId,
    ];
    const { data, errors } = await stage.graphql(
      EVERYTHING,
      { ids, email: token !== OUTSIDER, owner: token === OWNER },
      token,
    );
    expect(validate(OFFICIAL, parse(EVERYTHING))).toEqual([]);
    expect(errors).toEqual([expect.objectContaining({ type: 'NOT_FOUND', path: ['nodes', 5] })]);
    expect(Object.keys(data ?? {})).toHaveLength(5);
    expect(misfits(data)).toEqual([]);
  });

  it('would notice an answer that does not fit', () => {
    expect(misfits({ viewer: { login: null } })).toEqual(['$.viewer.login is null']);
    expect(misfits({ viewer: { databaseId: 2 ** 31 } })).toHaveLength(1);
    expect(misfits({ nodes: [{ __typename: 'User', age: 4 }] })).toHaveLength(1);
  });
});
