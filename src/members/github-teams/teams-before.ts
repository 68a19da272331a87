import type { EntityManager } from 'typeorm';
import { type MemberChange, NOBODY } from '../changes/member-change.entity.js';
import { giveBack } from './earlier-values.js';
import { type KnownPerson, knownPeople, knownTeams, placesIn, placesOf } from './known-teams.js';
import { reversibleTeamChanges, type UndoneRun } from './reversible-team-changes.js';
import { type StoredPlace, type StoredTeam, teamChanges } from './team-diff.js';
import type { PlaceChange, TeamUpdate } from './team-drafts.js';

/** Whom the undo brings back into the organization, and whom it takes out of it; GitHub's ids. */
export interface MovedPeople {
  back: ReadonlySet<number>;
  gone: ReadonlySet<number>;
}

/** What must be written so that teams are again as they were before a run. */
export interface TeamsBefore {
  updates: TeamUpdate[];
  /** Teams that the run found again. */
  ended: StoredTeam[];
  places: PlaceChange[];
  /** All teams as they will be, by GitHub's id. */
  teams: Map<number, StoredTeam>;
}

/** What no other run changed later. Who is not in the organization is in none of its teams. */
export async function teamsBefore(
  manager: EntityManager,
  run: UndoneRun,
  moved: MovedPeople,
): Promise<TeamsBefore> {
  const changes = await reversibleTeamChanges(manager, run);
  const before: TeamsBefore = { updates: [], ended: [], places: [], teams: new Map() };
  if (changes.length + moved.gone.size === 0) return before;
  const known = await knownTeams(manager, run.integrationId);
  before.teams = new Map([...known].map(([githubId, team]) => [githubId, { ...team }]));
  const byId = new Map([...before.teams.values()].map((team) => [team.id, team]));
  for (const { kind, githubTeamId, before: values } of changes.filter(isOfTeam)) {
    const team = byId.get(githubTeamId ?? 0);
    if (!team) continue;
    if (kind === 'team_created') before.ended.push(team);
    else if (kind === 'team_deleted') team.leftAt = null;
    else giveBack(team, values);
  }
  before.updates = [...known.values()].flatMap((team) => updateOf(team, before.teams));
  const ended = new Set(before.ended.map(({ id }) => id));
  const ofPlaces = changes.filter((change) => !isOfTeam(change));
  const found = await peopleAndPlaces(manager, run, { ofPlaces, moved, ended });
  const exists = (team: StoredTeam) => !team.leftAt && !ended.has(team.id);
  before.places = placesBefore(ofPlaces, { ...found, moved, byId, exists });
  return before;
}

const isOfTeam = ({ githubId }: MemberChange): boolean => githubId === NOBODY;

function updateOf(before: StoredTeam, teams: TeamsBefore['teams']): TeamUpdate[] {
  const { id, since, leftAt, ...after } = teams.get(before.githubId) ?? before;
  const isDifferent = !leftAt && teamChanges(before, after).length > 0;
  return isDifferent ? [{ before, after, since }] : [];
}

async function peopleAndPlaces(
  manager: EntityManager,
  { integrationId }: UndoneRun,
  {
    ofPlaces,
    moved: { gone },
    ended,
  }: { ofPlaces: MemberChange[]; moved: MovedPeople; ended: Set<number> },
) {
  const ids = new Set([...ofPlaces.map(({ githubId }) => githubId), ...gone]);
  const open = [...(await placesOf(manager, [...ids])), ...(await placesIn(manager, [...ended]))];
  for (const { githubId } of open) ids.add(githubId);
  const places = new Map(open.map((place) => [keyOf(place), place]));
  return { places, people: await knownPeople(manager, integrationId, [...ids]) };
}

interface Found {
  places: ReadonlyMap<string, StoredPlace>;
  people: ReadonlyMap<number, KnownPerson>;
  moved: MovedPeople;
  byId: ReadonlyMap<number, StoredTeam>;
  exists: (team: StoredTeam) => boolean;
}

function placesBefore(
  changes: MemberChange[],
  { places, people, moved: { back, gone }, byId, exists }: Found,
): PlaceChange[] {
  const found = new Map<string, PlaceChange>();
  const add = (key: string, githubId: number, change: Omit<PlaceChange, 'person'>) => {
    const { login = `${githubId}` } = people.get(githubId) ?? {};
    found.set(key, { ...change, person: { githubId, login } });
  };
  for (const { githubTeamId, githubId, before, after } of changes) {
    const team = byId.get(githubTeamId ?? 0);
    const key = keyOf({ githubTeamId, githubId });
    const place = places.get(key);
    const [role, now] = [before?.githubTeamRole ?? '', place?.role ?? ''];
    if (!team || now !== after?.githubTeamRole) continue;
    const isThere = !gone.has(githubId) && (back.has(githubId) || people.get(githubId)?.present);
    if (role !== '' && !(isThere && exists(team))) continue;
    add(key, githubId, { team, ...(place && { placeId: place.id }), before: now, after: role });
  }
  for (const [key, { id: placeId, githubTeamId, githubId, role }] of places) {
    const team = byId.get(githubTeamId);
    if (team && (gone.has(githubId) || !exists(team)))
      add(key, githubId, { team, placeId, before: role, after: '' });
  }
  return [...found.values()];
}

const keyOf = ({
  githubTeamId,
  githubId,
}: Pick<StoredPlace, 'githubId'> & { githubTeamId: number | null }) =>
  `${githubTeamId} ${githubId}`;
