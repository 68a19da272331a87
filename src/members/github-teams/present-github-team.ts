import { csvLine } from '../../platform/csv.js';
import type { GithubTeam, TeamPrivacy } from './github-team.entity.js';
import type { TeamRole } from './github-team-member.entity.js';
import type { StoredTeam } from './team-diff.js';
import type { TeamTree } from './team-tree.js';

/** How many people are in a team itself, and with those who are only in teams within it. */
export interface TeamCounts {
  members: number;
  membersWithChildTeams: number;
}

/** A GitHub team, as it is shown everywhere. Times are ISO 8601, UTC, with milliseconds. */
export interface PresentedGithubTeam extends TeamCounts {
  id: number;
  /** GitHub's id. */
  githubId: number;
  slug: string;
  name: string;
  privacy: TeamPrivacy;
  /** Our id of the team that it is in; null at the top. */
  parentId: number | null;
  /** When a sync no longer saw it; null for a team that exists. */
  leftAt: string | null;
}

export const presentGithubTeam = (
  team: StoredTeam,
  tree: TeamTree<StoredTeam>,
  { members, membersWithChildTeams }: TeamCounts,
): PresentedGithubTeam => ({
  ...namedOf(team),
  privacy: team.privacy,
  parentId: parentOf(team, tree),
  members,
  membersWithChildTeams,
  leftAt: team.leftAt?.toISOString() ?? null,
});

/** Which team somebody's place is in. */
export type NamedTeam = Pick<PresentedGithubTeam, 'id' | 'githubId' | 'slug' | 'name' | 'parentId'>;

export const namedTeam = (
  team: Pick<GithubTeam, 'id' | 'githubId' | 'slug' | 'name' | 'parentGithubId'>,
  tree: TeamTree<StoredTeam>,
): NamedTeam => ({
  ...namedOf(team),
  parentId: parentOf(team, tree),
});

type Named = Pick<GithubTeam, 'id' | 'githubId' | 'slug' | 'name'>;

const namedOf = ({ id, githubId, slug, name }: Named) => ({ id, githubId, slug, name });

const parentOf = (
  team: Pick<GithubTeam, 'id' | 'githubId' | 'slug' | 'name' | 'parentGithubId'>,
  tree: TeamTree<StoredTeam>,
): number | null => tree.parentOf(team)?.id ?? null;

/** Somebody's place in a team. */
export interface PresentedPlace {
  githubTeam: NamedTeam;
  /** In that team. */
  role: TeamRole;
  /** Whether it follows from a place in a team within it. */
  inherited: boolean;
}

/** One of a person's places, in the order of the tree. */
export interface PersonPlace extends PresentedPlace {
  /** 0 at the top. */
  depth: number;
}

export const presentPlace = ({ githubTeam, role, inherited }: PersonPlace): PresentedPlace => ({
  ...{ githubTeam, role, inherited },
});

export const GITHUB_TEAM_COLUMNS = [
  'id',
  'githubId',
  'slug',
  'name',
  'privacy',
  'parentId',
  'members',
  'membersWithChildTeams',
  'leftAt',
] as const satisfies (keyof PresentedGithubTeam)[];

export async function* githubTeamsCsv(
  teams: AsyncIterable<PresentedGithubTeam>,
): AsyncGenerator<string> {
  yield csvLine(GITHUB_TEAM_COLUMNS);
  for await (const team of teams) yield csvLine(GITHUB_TEAM_COLUMNS.map((column) => team[column]));
}
