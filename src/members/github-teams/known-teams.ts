import { type EntityManager, In, type SelectQueryBuilder } from 'typeorm';
import { plainRows } from '../../platform/database/plain-rows.js';
import { Member } from '../member.entity.js';
import { chunks } from '../writing/bulk.js';
import { GithubTeam } from './github-team.entity.js';
import { GithubTeamMember, type TeamRole } from './github-team-member.entity.js';
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

/** A team in which somebody is, or that has one within it in which they are. */
export type TeamOfPerson = StoredTeam & {
  /** Their role in it; null where they are only in one within it. */
  role: TeamRole | null;
};

/** The existing teams that somebody is in, with those that these are in, at any depth. @param githubId of the person */
export async function teamsOfPerson(
  manager: EntityManager,
  integrationId: number,
  githubId: number,
): Promise<TeamOfPerson[]> {
  const own = `left_at IS NULL AND id IN (SELECT github_team_id FROM github_team_members
    WHERE github_id = :githubId AND left_at IS NULL)`;
  const select = walked(manager, [walk('upwards', own)])
    .leftJoin(
      GithubTeamMember,
      'place',
      'place.githubTeamId = team.id AND place.githubId = :githubId AND place.leftAt IS NULL',
    )
    .addSelect('place.role', 'role')
    .setParameters({ integrationId, githubId });
  return (await plainRows(select, TEAM, ['role'])) as TeamOfPerson[];
}

/** A team, also a deleted one, with the existing ones that it is in and those in it, at any depth. @param id our id */
export const teamsAround = (
  manager: EntityManager,
  integrationId: number,
  id: number,
): Promise<StoredTeam[]> =>
  plainRows(
    walked(manager, [walk('upwards', 'id = :id'), walk('downwards', 'id = :id')]).setParameters({
      ...{ integrationId, id },
    }),
    TEAM,
  );

const STEPS = {
  upwards: 'next.github_id = upwards.parent_github_id',
  downwards: 'next.parent_github_id = downwards.github_id',
};

interface Walk {
  name: keyof typeof STEPS;
  sql: string;
}

/** SQL for teams and those above or below them. `UNION` ends where a race shows teams that are in each other. */
const walk = (name: Walk['name'], from: string): Walk => ({
  name,
  sql: `${name} AS (
    SELECT id, github_id, parent_github_id FROM github_teams
      WHERE integration_id = :integrationId AND ${from}
    UNION SELECT next.id, next.github_id, next.parent_github_id FROM github_teams next
      INNER JOIN ${name} ON ${STEPS[name]}
      WHERE next.integration_id = :integrationId AND next.left_at IS NULL)`,
});

/** The teams of these walks. The parameters of their SQL are still to be set. */
function walked(manager: EntityManager, walks: Walk[]): SelectQueryBuilder<GithubTeam> {
  const found = walks.map(({ name }) => `SELECT id FROM ${name}`).join(' UNION ');
  return manager
    .createQueryBuilder(GithubTeam, 'team')
    .select(TEAM.map((property) => `team.${property}`))
    .innerJoin(
      `(WITH RECURSIVE ${walks.map(({ sql }) => sql).join(', ')} ${found})`,
      'found',
      'found.id = team.id',
    );
}

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
