import { Injectable } from '@nestjs/common';
import {
  type FoundTeam,
  TeamGithubTeams,
} from '../../integrations/connections/team-github-teams.js';
import { IntegrationParts, partOf } from '../../integrations/parts/integration-parts.js';
import { pageMark } from '../../integrations/runs/page-mark.js';
import { GithubTeams } from '../../members/github-teams/github-teams.js';
import type { StoredTeam } from '../../members/github-teams/team-diff.js';
import { type TeamMember, TeamMembers } from '../../members/github-teams/team-members.js';
import { shared } from '../../platform/database/batched.js';
import { eventsPath } from '../shared/events-path.js';
import { type GithubLinks, githubLinks } from '../shared/github-links.js';
import { githubTeamsPath } from '../shared/github-team-path.js';
import { partNotice } from '../shared/part-notice.js';
import { personPath, personView } from '../shared/person-view.js';
import { presentOrganization } from '../shared/present-organization.js';
import { TeamAddress } from './team-address.js';
import { TeamHistory } from './team-history.js';

const MEMBERS_PER_PAGE = 50;

interface Asked {
  teamId: number;
  id: number;
  githubTeamId: number;
  query: unknown;
}

/** The data of the page of one GitHub team. */
@Injectable()
export class GithubTeamPage {
  /** Concurrent requests for the same page share one result, and its rendered HTML. */
  private readonly shown = shared((asked: Asked) => this.read(asked));

  constructor(
    private readonly found: TeamGithubTeams,
    private readonly parts: IntegrationParts,
    private readonly teams: GithubTeams,
    private readonly members: TeamMembers,
    private readonly history: TeamHistory,
  ) {}

  /** @throws PublicError 404 */
  view(teamId: number, id: number, githubTeamId: number, query: unknown) {
    return this.shown({ teamId, id, githubTeamId, query });
  }

  private async read({ teamId, id, githubTeamId, query }: Asked) {
    const found = await this.found.in(teamId, id, githubTeamId);
    const { integration, team, teams } = found;
    const organization = presentOrganization(integration);
    const address = new TeamAddress(id, githubTeamId, query);
    const { includeChildTeams, after } = address;
    const asked = { integrationId: id, team, tree: teams.tree, includeChildTeams };
    const [parts, [shown], page, history] = await Promise.all([
      this.parts.beside(id),
      this.teams.present(teams, [team]),
      this.members.page(asked, { limit: MEMBERS_PER_PAGE, after }),
      this.history.latest(id, githubTeamId),
    ]);
    const part = partOf(parts, 'teams');
    const links = githubLinks(integration.apiUrl);
    return {
      title: `${team.name || team.slug} of ${organization.login}`,
      mark: pageMark({ syncing: organization.status === 'syncing' }),
      events: eventsPath(id),
      page: {
        organization,
        here: address.here,
        part: partNotice(part),
        team: {
          ...shown,
          ...{ name: team.name || team.slug, isSecret: team.privacy === 'secret' },
          since: team.since.toISOString(),
        },
        ...placeInTree(found),
        tabs: [
          {
            words: 'In the team',
            count: shown?.members,
            href: address.with(false),
            isHere: !includeChildTeams,
          },
          {
            words: 'With child teams',
            count: shown?.membersWithChildTeams,
            ...{ href: address.with(true), isHere: includeChildTeams },
          },
        ],
        rows: page.members.map((one) => presentMember(one, id, links)),
        export: address.with(includeChildTeams, '/export'),
        inMembers: address.inMembers,
        first: after && address.first,
        next: page.next && address.page(page.next),
        history,
      },
    };
  }
}

function placeInTree({ integration, team, teams }: FoundTeam) {
  const link = ({ id, name, slug }: StoredTeam) => ({
    name: name || slug,
    href: githubTeamsPath(integration.id, id),
  });
  return {
    all: githubTeamsPath(integration.id),
    ancestors: teams.tree.ancestors(team).map(link),
    children: team.leftAt ? [] : teams.tree.childrenOf(team).map(link),
  };
}

const presentMember = ({ member, place }: TeamMember, id: number, links: GithubLinks) => ({
  ...personView({ ...member, page: personPath(id, member.id) }, links),
  isMaintainer: place.role === 'maintainer',
  isDisabled: member.status === 'disabled',
  from: place.inherited && {
    name: place.githubTeam.name || place.githubTeam.slug,
    href: githubTeamsPath(id, place.githubTeam.id),
  },
});
