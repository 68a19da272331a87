import { type EntityManager, In } from 'typeorm';
import { plainRows } from '../../platform/database/plain-rows.js';
import { Member } from '../member.entity.js';
import { chunks } from '../writing/bulk.js';
import { GithubTeam } from './github-team.entity.js';
import { GithubTeamMember } from './github-team-member.entity.js';
import type { StoredPlace, StoredTeam } from './team-diff.js';

const TEAM = [
  'id',
  'githubId',
  'slug',
  'name',
  'privacy',
  'parentGithubId',
  'since',
  'leftAt',
] as const satisfies (keyof GithubTeam)[];

const PLACE = ['id', 'githubTeamId', 'githubId', 'role'] as const;

/** All teams of an organization by GitHub's id, also those that no longer exist. */
export async function knownTeams(
  manager: EntityManager,
  integrationId: number,
): Promise<Map<number, StoredTeam>> {
  const select = manager
    .createQueryBuilder(GithubTeam, 'team')
    .select(TEAM.map((property) => `team.${property}`))
    .where({ integrationId });
  const teams = await plainRows(select, TEAM);
  return new Map(teams.map((team) => [team.githubId, team]));
}

/** Existing teams with those that they are in, at any depth. @param ids our ids of teams */
export async function teamsUpwards(
  manager: EntityManager,
  integrationId: number,
  ids: number[],
): Promise<StoredTeam[]> {
  if (ids.length === 0) return [];
  const select = manager
    .createQueryBuilder(GithubTeam, 'team')
    .select(TEAM.map((property) => `team.${property}`))
    .where(`team.id IN (${UPWARDS})`, { integrationId, ids });
  return plainRows(select, TEAM);
}

/** `UNION` ends where a race shows teams that are in each other. */
const UPWARDS = `WITH RECURSIVE upwards AS (
    SELECT id, parent_github_id FROM github_teams
      WHERE integration_id = :integrationId AND id IN (:...ids) AND left_at IS NULL
    UNION SELECT above.id, above.parent_github_id FROM github_teams above
      INNER JOIN upwards ON above.github_id = upwards.parent_github_id
      WHERE above.integration_id = :integrationId AND above.left_at IS NULL)
  SELECT id FROM upwards`;

/** Who is in these teams themselves. @param ids our ids of teams */
export const placesIn = (manager: EntityManager, ids: number[]): Promise<StoredPlace[]> =>
  openPlaces(manager, 'githubTeamId', ids);

/** The places of these people, in any organization. @param ids GitHub's ids */
export const placesOf = (manager: EntityManager, ids: number[]): Promise<StoredPlace[]> =>
  openPlaces(manager, 'githubId', ids);

async function openPlaces(
  manager: EntityManager,
  key: 'githubTeamId' | 'githubId',
  ids: number[],
): Promise<StoredPlace[]> {
  const found: StoredPlace[] = [];
  for (const some of chunks(ids)) {
    const select = manager
      .createQueryBuilder(GithubTeamMember, 'place')
      .select(PLACE.map((property) => `place.${property}`))
      .where(`place.${key} IN (:...some) AND place.leftAt IS NULL`, { some });
    found.push(...(await plainRows(select, PLACE)));
  }
  return found;
}

/** How many places an organization's teams have, in all. */
export const countPlaces = (manager: EntityManager, integrationId: number): Promise<number> =>
  manager
    .createQueryBuilder(GithubTeamMember, 'place')
    .innerJoin(GithubTeam, 'team', 'team.id = place.githubTeamId')
    .where('team.integrationId = :integrationId AND place.leftAt IS NULL', { integrationId })
    .getCount();

/** Somebody whom the directory knows. */
export type KnownPerson = Pick<Member, 'githubId' | 'login' | 'present'>;

export async function knownPeople(
  manager: EntityManager,
  integrationId: number,
  githubIds: number[],
): Promise<Map<number, KnownPerson>> {
  const found = new Map<number, KnownPerson>();
  for (const some of chunks([...new Set(githubIds)])) {
    const select = manager
      .createQueryBuilder(Member, 'member')
      .select(['member.githubId', 'member.login', 'member.present'])
      .where({ integrationId, githubId: In(some) });
    for (const one of await plainRows(select, ['githubId', 'login', 'present']))
      found.set(one.githubId, { ...one, present: Boolean(one.present) });
  }
  return found;
}

/** GitHub's ids of everybody in the directory, by node id. */
export async function idsByNodeId(
  manager: EntityManager,
  integrationId: number,
): Promise<Map<string, number>> {
  const select = manager
    .createQueryBuilder(Member, 'member')
    .select(['member.nodeId', 'member.githubId'])
    .where({ integrationId });
  const rows = await plainRows(select, ['nodeId', 'githubId']);
  return new Map(rows.map(({ nodeId, githubId }) => [nodeId, githubId]));
}
