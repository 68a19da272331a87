import { type EntityManager, In } from 'typeorm';
import { plainRows } from '../../platform/database/plain-rows.js';
import { asTime, inPlace } from '../listing/member-conditions.js';
import { GithubTeam } from './github-team.entity.js';
import { GithubTeamMember } from './github-team-member.entity.js';
import type { TeamCounts } from './present-github-team.js';
import type { StoredTeam } from './team-diff.js';
import type { TeamTree } from './team-tree.js';

/** Which teams' people are counted: those of an organization, at one moment. */
export interface CountedTeams {
  integrationId: number;
  asOf: Date | undefined;
  tree: TeamTree<StoredTeam>;
}

const PLACE = ['id', 'githubTeamId', 'githubId'] as const satisfies (keyof GithubTeamMember)[];

type Place = Pick<GithubTeamMember, (typeof PLACE)[number]>;

const PLACES_PER_READ = 10_000;

/** For more teams, the places of the whole organization are read. */
const MOST_TEAMS_NAMED = 1_000;

/** How many people are in each of these teams, in their order. */
export async function countPeople(
  manager: EntityManager,
  then: CountedTeams,
  teams: StoredTeam[],
): Promise<Map<StoredTeam, TeamCounts>> {
  const [team] = teams;
  return team && teams.length === 1
    ? new Map([[team, await countInDatabase(manager, then, team)]])
    : countTogether(manager, then, teams);
}

async function countInDatabase(
  manager: EntityManager,
  { tree, asOf }: CountedTeams,
  team: StoredTeam,
): Promise<TeamCounts> {
  const count = async (people: string, teams: StoredTeam[], more = '') => {
    const found = await manager
      .createQueryBuilder(GithubTeamMember, 'place')
      .select(`COUNT(${people})`, 'people')
      .where({ githubTeamId: In(teams.map(({ id }) => id)) })
      .andWhere(`${inPlace('place', asOf)} ${more}`, { placesAt: asOf && asTime(asOf) })
      .getRawOne<{ people: number | string }>();
    return Number(found?.people);
  };
  const below = tree.descendants(team);
  const elsewhere = `AND NOT EXISTS (SELECT 1 FROM github_team_members own
    WHERE own.github_id = place.github_id AND own.github_team_id = ${team.id} AND ${inPlace('own', asOf)})`;
  const [members, onlyBelow] = await Promise.all([
    count('place.githubId', [team]),
    below.length > 0 ? count('DISTINCT place.githubId', below, elsewhere) : 0,
  ]);
  return { members, membersWithChildTeams: members + onlyBelow };
}

/** Everybody is read with all of their places. */
async function countTogether(
  manager: EntityManager,
  then: CountedTeams,
  teams: StoredTeam[],
): Promise<Map<StoredTeam, TeamCounts>> {
  const { tree } = then;
  const counts = new Map(teams.map((team) => [team, { members: 0, membersWithChildTeams: 0 }]));
  const within = new Map(tree.within(teams).map((team) => [team.id, team]));
  let person = 0;
  let seen = new Set<StoredTeam>();
  for await (const some of placesByPerson(manager, then, [...within.keys()])) {
    for (const { githubId, githubTeamId } of some) {
      if (githubId !== person) seen = new Set();
      person = githubId;
      let team = within.get(githubTeamId);
      const own = team && counts.get(team);
      if (own) own.members += 1;
      for (; team && !seen.has(team); team = tree.parentOf(team)) {
        seen.add(team);
        const above = counts.get(team);
        if (above) above.membersWithChildTeams += 1;
      }
    }
  }
  return counts;
}

/** The places in these teams, and perhaps in others of the organization. */
async function* placesByPerson(
  manager: EntityManager,
  { integrationId, asOf }: CountedTeams,
  teamIds: number[],
): AsyncGenerator<Place[]> {
  for (let last: Place | undefined, isFirst = teamIds.length > 0; isFirst || last; ) {
    const select = manager
      .createQueryBuilder(GithubTeamMember, 'place')
      .select(PLACE.map((property) => `place.${property}`))
      .innerJoin(GithubTeam, 'team', 'team.id = place.githubTeamId')
      .where('team.integrationId = :integrationId', { integrationId })
      .orderBy('place.githubId')
      .addOrderBy('place.id')
      .limit(PLACES_PER_READ);
    if (teamIds.length <= MOST_TEAMS_NAMED) select.andWhere({ githubTeamId: In(teamIds) });
    select.andWhere(inPlace('place', asOf), { placesAt: asOf && asTime(asOf) });
    if (last)
      select.andWhere(
        '(place.githubId > :githubId OR (place.githubId = :githubId AND place.id > :id))',
        last,
      );
    const some = await plainRows(select, PLACE);
    yield some;
    isFirst = false;
    last = some.length === PLACES_PER_READ ? some.at(-1) : undefined;
  }
}
