import type { EntityManager } from 'typeorm';
import { knownPeople } from '../../members/github-teams/known-teams.js';
import type { StoredPlace, StoredTeam } from '../../members/github-teams/team-diff.js';
import type { PlaceChange } from '../../members/github-teams/team-drafts.js';
import { GarbageRounds } from '../../platform/process/collect-garbage.js';
import type { TeamPlaces } from './teams-difference.js';

/** A change whose person is not looked up yet. */
type FoundChange = Omit<PlaceChange, 'person'> & { githubId: number };

/** The most changes of places in one transaction. */
const CHANGES_PER_WRITE = 2_000;

/** To write so many leaves some 30 MiB of garbage. */
const COLLECT_GARBAGE_EVERY_CHANGES = 25_000;

interface PlacesToWrite {
  integrationId: number;
  /** By GitHub's id. */
  teams: ReadonlyMap<number, StoredTeam>;
  different: TeamPlaces[];
  removed: StoredPlace[];
}

/**
 * The changes to record, some at a time. Who is in a team and not yet in the directory joined the organization after its
 * list was read: the next run adds them.
 */
export async function* placeChanges(
  manager: EntityManager,
  { integrationId, ...found }: PlacesToWrite,
): AsyncGenerator<PlaceChange[]> {
  const garbage = new GarbageRounds(COLLECT_GARBAGE_EVERY_CHANGES);
  for (const some of someAtATime(changesOf(found))) {
    garbage.add(some.length);
    const ids = some.map(({ githubId }) => githubId);
    const people = await knownPeople(manager, integrationId, ids);
    const changes = some.flatMap(({ githubId, ...change }): PlaceChange[] => {
      const { login = `${githubId}`, present = false } = people.get(githubId) ?? {};
      return present || change.before !== '' ? [{ ...change, person: { githubId, login } }] : [];
    });
    if (changes.length > 0) yield changes;
  }
}

function* changesOf({
  teams,
  different,
  removed,
}: Omit<PlacesToWrite, 'integrationId'>): Generator<FoundChange> {
  for (const { team: observed, joined, changed } of different) {
    const team = teams.get(observed.githubId);
    if (!team) continue;
    for (const { githubId, role } of joined) yield { team, githubId, before: '', after: role };
    for (const { before, role } of changed)
      yield {
        team,
        githubId: before.githubId,
        placeId: before.id,
        before: before.role,
        after: role,
      };
  }
  const byId = new Map([...teams.values()].map((team) => [team.id, team]));
  for (const { id: placeId, githubTeamId, githubId, role } of removed) {
    const team = byId.get(githubTeamId);
    if (team) yield { team, githubId, placeId, before: role, after: '' };
  }
}

function* someAtATime<T>(all: Iterable<T>): Generator<T[]> {
  let some: T[] = [];
  for (const one of all) {
    some.push(one);
    if (some.length < CHANGES_PER_WRITE) continue;
    yield some;
    some = [];
  }
  yield some;
}
