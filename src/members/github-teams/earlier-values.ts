import type { ChangedValues } from '../changes/member-change.entity.js';
import type { ObservedTeam } from './team-diff.js';

/** Gives a team the values back that it had before a change. */
export function giveBack(team: ObservedTeam, before: ChangedValues | null): void {
  const { slug, name, privacy, parentGithubId } = before ?? {};
  if (slug !== undefined) team.slug = slug;
  if (name !== undefined) team.name = name;
  if (privacy !== undefined) team.privacy = privacy;
  if (parentGithubId !== undefined) team.parentGithubId = parentGithubId;
}
