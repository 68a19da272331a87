import type { EntityManager } from 'typeorm';
import { NOBODY } from '../../members/changes/member-change.entity.js';
import { knownPeople, knownTeams, placesIn } from '../../members/github-teams/known-teams.js';
import type { StoredPlace, StoredTeam } from '../../members/github-teams/team-diff.js';
import { chunks } from '../../members/writing/bulk.js';
import { HeldTeamRemoval } from '../removals/held-team-removal.entity.js';
import { teamsHeldBefore, teamsNoLongerHeld } from '../removals/held-teams.js';
import type { PartContext, PartOutcome } from './part-sync.js';

/** Teams, and places in other teams. */
export interface TeamsAndPlaces {
  teams: StoredTeam[];
  places: StoredPlace[];
}

/** What a run misses and no earlier run holds, and the removals of what is back. */
interface NewlyMissing extends TeamsAndPlaces {
  back: HeldTeamRemoval[];
}

/** What earlier runs hold waits for an admin. A run of everybody decides anew. @param looked the teams that were read */
export async function newlyMissing(
  manager: EntityManager,
  { runId: id, integrationId, scope }: PartContext,
  looked: StoredTeam[],
  { teams, places }: TeamsAndPlaces,
): Promise<NewlyMissing> {
  if (scope === 'everybody') return { teams, places, back: [] };
  const held = await teamsHeldBefore(manager, { id, integrationId }, idsOf(looked));
  const missing = { teams: new Set(idsOf(teams)), places: new Set(idsOf(places)) };
  const isMissing = ({ githubTeamId, placeId }: HeldTeamRemoval) =>
    missing.teams.has(githubTeamId) || (placeId !== null && missing.places.has(placeId));
  const waiting = held.filter(isMissing);
  const waitingPlaces = new Set(waiting.map(({ placeId }) => placeId));
  const waitingTeams = new Set(
    waiting.flatMap(({ githubTeamId, placeId }) => (placeId === null ? [githubTeamId] : [])),
  );
  return {
    teams: teams.filter((team) => !waitingTeams.has(team.id)),
    places: places.filter((place) => !waitingPlaces.has(place.id)),
    back: held.filter((one) => !isMissing(one)),
  };
}

/** What belongs in the transaction that completes the run; undefined for nothing. */
export function concludingTeamRemovals(
  context: PartContext,
  held: TeamsAndPlaces,
  back: HeldTeamRemoval[],
): PartOutcome['conclude'] {
  if (held.teams.length + held.places.length + back.length === 0) return undefined;
  return async (manager) => {
    await teamsNoLongerHeld(manager, back);
    const rows = await rowsOf(manager, context, held);
    for (const some of chunks(rows)) await manager.insert(HeldTeamRemoval, some);
    return {};
  };
}

async function rowsOf(
  manager: EntityManager,
  { runId, integrationId }: PartContext,
  { teams, places }: TeamsAndPlaces,
): Promise<HeldTeamRemoval[]> {
  const known = [...(await knownTeams(manager, integrationId)).values()];
  const names = new Map(known.map(({ id, name }) => [id, name]));
  const sizes = new Map<number, number>();
  for (const { githubTeamId } of await placesIn(manager, idsOf(teams)))
    sizes.set(githubTeamId, (sizes.get(githubTeamId) ?? 0) + 1);
  const ids = places.map(({ githubId }) => githubId);
  const people = await knownPeople(manager, integrationId, ids);
  const row = (githubTeamId: number) => ({
    ...{ runId, githubTeamId, teamName: names.get(githubTeamId) ?? '' },
  });
  return [
    ...teams.map(({ id }) => ({
      ...{ ...row(id), githubId: NOBODY, placeId: null, login: '' },
      memberships: sizes.get(id) ?? 0,
    })),
    ...places.map(({ id: placeId, githubTeamId, githubId }) => ({
      ...{ ...row(githubTeamId), githubId, placeId, memberships: 1 },
      login: people.get(githubId)?.login ?? `${githubId}`,
    })),
  ];
}

const idsOf = (rows: { id: number }[]): number[] => rows.map(({ id }) => id);
