import type { EntityManager } from 'typeorm';
import type { GithubTeamRead } from '../../github/teams/read-teams.js';
import { placesIn } from '../../members/github-teams/known-teams.js';
import {
  diffPlaces,
  type ObservedTeam,
  type PlacesDifference,
  type StoredPlace,
  type StoredTeam,
  teamChanges,
} from '../../members/github-teams/team-diff.js';
import type { TeamUpdate } from '../../members/github-teams/team-drafts.js';
import { prefetch } from '../../platform/prefetch.js';
import { GarbageRounds } from '../../platform/process/collect-garbage.js';

/** What is different of one team's members. */
export interface TeamPlaces extends PlacesDifference {
  team: ObservedTeam;
}

/** What is different between the stored teams and GitHub's. */
export interface TeamsDifference {
  teams: TeamUpdate[];
  places: TeamPlaces[];
  /** How many cannot be stored. */
  tooLong: number;
}

/** The most places of teams that are compared at once. */
const PLACES_PER_READ = 5_000;

/** In places: to read and compare so many leaves some 30 MiB of garbage. */
const COLLECT_GARBAGE_EVERY_PLACES = 25_000;

/** In code points: the length of the columns. */
const MAX_LENGTH = 255;

/** Compares teams while they are read, and keeps only what is different. */
export async function teamsDifference(
  manager: EntityManager,
  known: ReadonlyMap<number, StoredTeam>,
  read: AsyncIterable<GithubTeamRead>,
): Promise<TeamsDifference> {
  const difference: TeamsDifference = { teams: [], places: [], tooLong: 0 };
  const garbage = new GarbageRounds(COLLECT_GARBAGE_EVERY_PLACES);
  for await (const some of prefetch(someAtATime(read))) {
    garbage.add(placesOf(some));
    const fitting = some.filter(fits);
    difference.tooLong += some.length - fitting.length;
    await compare(manager, known, fitting, difference);
  }
  return difference;
}

async function compare(
  manager: EntityManager,
  known: ReadonlyMap<number, StoredTeam>,
  read: GithubTeamRead[],
  { teams, places }: TeamsDifference,
): Promise<void> {
  const ids = read.flatMap(({ githubId }) => known.get(githubId)?.id ?? []);
  const stored = new Map<number, StoredPlace[]>(ids.map((id) => [id, []]));
  for (const place of await placesIn(manager, ids)) stored.get(place.githubTeamId)?.push(place);
  for (const { members, ...after } of read) {
    const before = known.get(after.githubId);
    if (teamChanges(before, after).length > 0) teams.push({ before, after });
    const found = diffPlaces((before && stored.get(before.id)) ?? [], members);
    const { joined, changed, left } = found;
    if (joined.length + changed.length + left.length > 0) places.push({ team: after, ...found });
  }
}

async function* someAtATime(read: AsyncIterable<GithubTeamRead>): AsyncGenerator<GithubTeamRead[]> {
  let some: GithubTeamRead[] = [];
  let size = 0;
  for await (const team of read) {
    some.push(team);
    size += team.members.length + 1;
    if (size < PLACES_PER_READ) continue;
    yield some;
    some = [];
    size = 0;
  }
  yield some;
}

const placesOf = (teams: GithubTeamRead[]): number =>
  teams.reduce((sum, { members }) => sum + members.length, 0);

const fits = ({ slug, name }: ObservedTeam): boolean =>
  [slug, name].every((text) => text.length <= MAX_LENGTH || [...text].length <= MAX_LENGTH);
