import type { ChangeDraft } from '../changes/changes.js';
import { type ChangedValues, NOBODY } from '../changes/member-change.entity.js';
import type { GithubTeam } from './github-team.entity.js';
import type { TeamRole } from './github-team-member.entity.js';
import { type ObservedTeam, type StoredTeam, teamChanges } from './team-diff.js';

/** A team to write. */
export interface TeamUpdate {
  before: StoredTeam | undefined;
  after: ObservedTeam;
  /** Where it is not since now that a team exists which did not. */
  since?: Date;
}

type Slugs = ReadonlyMap<number, Pick<GithubTeam, 'slug'>>;

/** @param id our id of the team @param teams those that are known, by GitHub's id */
export const draftsOfTeam = ({ before, after }: TeamUpdate, id: number, teams: Slugs) =>
  teamChanges(before, after).map((kind): ChangeDraft => {
    const isNew = kind === 'team_created';
    const values = isNew ? VALUES : kind === 'team_moved' ? MOVED : RENAMED;
    const different = values.filter((key) => isNew || before?.[key] !== after[key]);
    const valuesOf = (team: ObservedTeam): ChangedValues => ({
      ...Object.fromEntries(different.map((key) => [key, team[key]])),
      ...(kind !== 'team_renamed' && { parentTeam: parentSlug(team, teams) }),
    });
    return {
      ...{ githubId: NOBODY, login: after.slug, kind, githubTeamId: id },
      before: before && !isNew ? valuesOf(before) : null,
      after: valuesOf(after),
    };
  });

const RENAMED = ['slug', 'name', 'privacy'] as const;
const MOVED = ['parentGithubId'] as const;
const VALUES = [...RENAMED, ...MOVED];

function parentSlug({ parentGithubId }: ObservedTeam, teams: Slugs): string {
  return parentGithubId === null ? '' : (teams.get(parentGithubId)?.slug ?? '');
}

export const teamDeleted = ({ id, slug, name, privacy }: StoredTeam): ChangeDraft => ({
  ...{ githubId: NOBODY, login: slug, kind: 'team_deleted', githubTeamId: id },
  before: { slug, name, privacy },
  after: null,
});

/** Somebody's place in a team before and after a run; '' where they have none. */
export interface PlaceChange {
  team: Pick<GithubTeam, 'id' | 'slug'>;
  person: { githubId: number; login: string };
  before: TeamRole | '';
  after: TeamRole | '';
  /** The id of the stored row; undefined for a new one. */
  placeId?: number;
}

export const draftOfPlace = ({ team, person, before, after }: PlaceChange): ChangeDraft => ({
  ...{ githubId: person.githubId, login: person.login, githubTeamId: team.id },
  kind: before === '' ? 'team_joined' : after === '' ? 'team_left' : 'team_role',
  // Never null: that means somebody whom the directory did not have.
  before: { githubTeamRole: before, ...(before !== '' && { githubTeam: team.slug }) },
  after: { githubTeamRole: after, ...(after !== '' && { githubTeam: team.slug }) },
});
