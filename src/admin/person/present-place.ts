import type { PersonPlace } from '../../members/github-teams/present-github-team.js';
import { githubTeamsPath } from '../shared/github-team-path.js';
import { treeIndent } from '../shared/tree-indent.js';

/** A person's place in a GitHub team, as a row of a tree. */
export const presentPlace = (
  { githubTeam, role, inherited, depth }: PersonPlace,
  integrationId: number,
) => ({
  name: githubTeam.name || githubTeam.slug,
  href: githubTeamsPath(integrationId, githubTeam.id),
  indent: treeIndent(depth),
  isMaintainer: role === 'maintainer',
  inherited,
});
