import type { ChangeKind } from '../changes/member-change.entity.js';
import type { GithubTeam } from './github-team.entity.js';
import type { GithubTeamMember } from './github-team-member.entity.js';

/** A team as GitHub shows it. */
export type ObservedTeam = Pick<
  GithubTeam,
  'githubId' | 'slug' | 'name' | 'privacy' | 'parentGithubId'
>;

/** A team as it is stored, also one that no longer exists. */
export type StoredTeam = Omit<GithubTeam, 'integrationId'>;

/** The order of lists of teams. */
export const bySlug = (
  a: Pick<StoredTeam, 'slug' | 'id'>,
  b: Pick<StoredTeam, 'slug' | 'id'>,
): number => (a.slug === b.slug ? a.id - b.id : a.slug < b.slug ? -1 : 1);

/** Somebody's place in a team. */
export type ObservedPlace = Pick<GithubTeamMember, 'githubId' | 'role'>;

export type StoredPlace = ObservedPlace & Pick<GithubTeamMember, 'id' | 'githubTeamId'>;

type TeamChangeKind = Extract<ChangeKind, 'team_created' | 'team_renamed' | 'team_moved'>;

/** What a run must record of a team, matched by GitHub's id. A new privacy counts as a new name. */
export function teamChanges(before: StoredTeam | undefined, after: ObservedTeam): TeamChangeKind[] {
  if (!before || before.leftAt) return ['team_created'];
  const { slug, name, privacy, parentGithubId } = before;
  const isRenamed = slug !== after.slug || name !== after.name || privacy !== after.privacy;
  return [
    ...(isRenamed ? (['team_renamed'] as const) : []),
    ...(parentGithubId === after.parentGithubId ? [] : (['team_moved'] as const)),
  ];
}

export interface PlacesDifference {
  joined: ObservedPlace[];
  changed: { before: StoredPlace; role: ObservedPlace['role'] }[];
  left: StoredPlace[];
}

/** What must change so that the places of one team agree. Of somebody observed twice, the last observation counts. */
export function diffPlaces(known: StoredPlace[], observed: ObservedPlace[]): PlacesDifference {
  const places = new Map(known.map((place) => [place.githubId, place]));
  const once = new Map(observed.map((place) => [place.githubId, place]));
  const difference: PlacesDifference = { joined: [], changed: [], left: [] };
  for (const place of once.values()) {
    const before = places.get(place.githubId);
    if (!before) difference.joined.push(place);
    else if (before.role !== place.role) difference.changed.push({ before, role: place.role });
  }
  difference.left = known.filter(({ githubId }) => !once.has(githubId));
  return difference;
}
