import { Injectable } from '@nestjs/common';
import { IntegrationsService } from '../../integrations/connections/integrations.service.js';
import { IntegrationParts, partOf } from '../../integrations/parts/integration-parts.js';
import { pageMark } from '../../integrations/runs/page-mark.js';
import { GithubTeams, type TeamsThen } from '../../members/github-teams/github-teams.js';
import type { PresentedGithubTeam } from '../../members/github-teams/present-github-team.js';
import type { StoredTeam } from '../../members/github-teams/team-diff.js';
import { eventsPath } from '../shared/events-path.js';
import { githubTeamsPath } from '../shared/github-team-path.js';
import { partNotice } from '../shared/part-notice.js';
import { PartsNav } from '../shared/parts-nav.js';
import { presentOrganization } from '../shared/present-organization.js';
import { treeIndent } from '../shared/tree-indent.js';
import { TeamsAddress } from './teams-address.js';

const TEAMS_PER_PAGE = 100;

/** The data of the page with the GitHub teams of an organization. */
@Injectable()
export class GithubTeamsPage {
  constructor(
    private readonly integrations: IntegrationsService,
    private readonly parts: IntegrationParts,
    private readonly teams: GithubTeams,
    private readonly nav: PartsNav,
  ) {}

  /** @throws PublicError 404 */
  async view(teamId: number, id: number, query: unknown) {
    const integration = await this.integrations.get(teamId, id);
    const organization = presentOrganization(integration);
    const address = new TeamsAddress(id, query);
    const { from, search, deleted } = address;
    const [parts, found] = await Promise.all([
      this.parts.of(id),
      this.teams.of({ integrationId: id }),
    ]);
    const all = listed(found, address);
    const shown = all.slice(from, from + TEAMS_PER_PAGE);
    const presented = await this.teams.present(
      found,
      shown.map(({ team }) => team),
    );
    const part = partOf(parts, 'teams');
    const end = from + shown.length;
    return {
      title: `GitHub teams of ${organization.login}`,
      mark: pageMark({ syncing: organization.status === 'syncing' }),
      events: eventsPath(id),
      organization,
      here: address.here,
      part: partNotice(part),
      partsNav: await this.nav.of(id, parts, 'teams'),
      tabs: [
        {
          words: 'Existing',
          count: part.asOf ? found.teams.length : undefined,
          href: address.state('existing'),
          isHere: !deleted,
        },
        {
          words: 'Deleted',
          count: part.asOf ? found.deleted.length : undefined,
          href: address.state('deleted'),
          isHere: deleted,
        },
      ],
      search,
      deleted,
      path: githubTeamsPath(id),
      rows: presented.map((team, i) => presentRow(team, id, shown[i])),
      matching: all.length,
      previous: from > 0 && address.page(Math.max(0, from - TEAMS_PER_PAGE)),
      next: end < all.length && address.page(end),
    };
  }
}

interface Listed {
  team: StoredTeam;
  depth: number;
  /** The names of the teams that it is in, where it is not shown below them. */
  above?: string;
}

function listed({ teams, tree, deleted }: TeamsThen, address: TeamsAddress): Listed[] {
  const text = address.search.toLowerCase();
  const isFound = ({ slug, name }: StoredTeam) =>
    slug.toLowerCase().includes(text) || name.toLowerCase().includes(text);
  if (address.deleted) return deleted.filter(isFound).map((team) => ({ team, depth: 0 }));
  if (text === '') return tree.inOrder();
  return teams.filter(isFound).map((team) => {
    const names = tree.ancestors(team).map(({ name, slug }) => name || slug);
    return { team, depth: 0, above: names.join(' / ') };
  });
}

const presentRow = (team: PresentedGithubTeam, integrationId: number, listed?: Listed) => ({
  ...team,
  name: team.name || team.slug,
  href: githubTeamsPath(integrationId, team.id),
  isSecret: team.privacy === 'secret',
  hasMore: team.membersWithChildTeams > team.members,
  since: listed?.team.since.toISOString(),
  indent: treeIndent(listed?.depth),
  depth: (listed?.depth ?? 0) + 1,
  above: listed?.above,
});
