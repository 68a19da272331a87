import type { PersonPlace } from '../../members/github-teams/present-github-team.js';
import { githubTeamsPath } from '../shared/github-team-path.js';

/** Deeper teams are not moved in further. */
const MAX_INDENT = 8;

/** A person's place in a GitHub team, as a row of a tree. */
export const presentPlace = (
  { githubTeam, role, inherited, depth }: PersonPlace,
  integrationId: number,
) => ({
  name: githubTeam.name || githubTeam.slug,
  href: githubTeamsPath(integrationId, githubTeam.id),
  indent: Math.min(depth, MAX_INDENT),
  isMaintainer: role === 'maintainer',
  inherited,
});
