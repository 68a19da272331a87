import { Injectable } from '@nestjs/common';
import type { Identity } from '../../accounts/identity.js';
import type { Role } from '../../accounts/users/membership.entity.js';
import type { GithubIntegration } from '../../integrations/connections/github-integration.entity.js';
import {
  IntegrationParts,
  type KnownPart,
  partOf,
} from '../../integrations/parts/integration-parts.js';
import type { PartName } from '../../integrations/parts/part.js';
import { PeopleQuestions } from '../../integrations/parts/people-questions.js';
import { type Current, CurrentSync } from '../../integrations/runs/current-sync.js';
import { syncView } from '../../integrations/runs/sync-view.js';
import type { Affiliation } from '../../members/affiliation.js';
import { MembersService } from '../../members/listing/members.service.js';
import type { StatusCounts } from '../../members/member-counts.js';
import { dayOf } from '../../members/past/as-of.js';
import { shared } from '../../platform/database/batched.js';
import { shownError } from '../../platform/web/shown-error.js';
import { eventsPath } from '../shared/events-path.js';
import { githubLinks } from '../shared/github-links.js';
import { identityNotice } from '../shared/identity-notice.js';
import { partNotice } from '../shared/part-notice.js';
import { PartsNav } from '../shared/parts-nav.js';
import { presentOrganization } from '../shared/present-organization.js';
import { DirectoryQuery } from './directory-query.js';
import { type DirectoryTeam, DirectoryTeams } from './directory-team.js';
import { directoryView } from './directory-view.js';
import { matchingOf } from './matching.js';
import { chosenActions, presentMemberRow, statusAction } from './member-row.js';
import { PastMembersPage } from './past-members-page.js';

/** Which list is asked for, with the query of the URL. */
export interface Asked {
  id: number;
  affiliation: Affiliation;
  parameters: unknown;
}

/** Everything the current directory depends on. */
interface View extends Asked {
  apiUrl: string;
  canEdit: boolean;
  counts: StatusCounts;
  /** How far the list is known; undefined where it is complete. */
  part: ReturnType<typeof partNotice>;
  team: DirectoryTeam | undefined;
}

/** The data of an organization's directory page. */
@Injectable()
export class MembersPage {
  /** Concurrent requests for the same page share one result, and its rendered HTML. */
  private readonly present = shared(
    async ({ id, parameters, affiliation, apiUrl, canEdit, counts, part, team }: View) => {
      const query = new DirectoryQuery(id, parameters, affiliation).inTeam(team?.people);
      const page = await this.members.page({ ...query.members, limit: query.limit });
      const [links, { here }] = [githubLinks(apiUrl), query];
      const rows = page.members.map((member) => ({
        ...presentMemberRow(member, links),
        standing: canEdit && statusAction(member, here),
      }));
      const matching = await matchingOf(query, page, this.members);
      const chosen = canEdit && { ...chosenActions(id, query.status), back: here };
      return { ...directoryView(query, counts, page, matching), canEdit, rows, chosen, part, team };
    },
  );

  constructor(
    private readonly current: CurrentSync,
    private readonly members: MembersService,
    private readonly past: PastMembersPage,
    private readonly parts: IntegrationParts,
    private readonly teams: DirectoryTeams,
    private readonly questions: PeopleQuestions,
    private readonly nav: PartsNav,
  ) {}

  /** @throws PublicError 404 */
  async view({ teamId, role }: Identity, asked: Asked, signal?: AbortSignal) {
    const { id, affiliation } = asked;
    const current = await this.current.read(teamId, id);
    const organization = presentOrganization(current.integration);
    const sync = syncView(current, role);
    const parts = await this.parts.of(id);
    const directory = await this.directory(current, { ...asked, parts }, role, signal);
    return {
      title: `${TITLES[affiliation]} of ${organization.login}`,
      mark: sync.mark,
      events: eventsPath(id),
      isAdmin: role === 'admin',
      organization,
      sync,
      today: dayOf(new Date()),
      directory,
      partsNav: await this.nav.of(id, parts, PARTS_OF[affiliation]),
    };
  }

  private async directory(
    { integration, latest }: Current,
    { affiliation, parameters, parts }: Asked & { parts: KnownPart[] },
    role: Role,
    signal?: AbortSignal,
  ) {
    const { id, apiUrl, disconnectedAt } = integration;
    const query = new DirectoryQuery(id, parameters, affiliation);
    const known = query.identity && identityNotice(partOf(parts, 'identities'));
    const identities = known?.asOf ? known : undefined;
    const part = query.isOutside ? partNotice(partOf(parts, 'outsideCollaborators')) : undefined;
    if (query.asOf)
      return { ...(await this.past.view(integration, query, signal)), identities, part };
    const counts = query.isOutside
      ? await this.members.collaboratorCounts({ integrationId: id })
      : await this.current.counts(latest, () => this.members.counts(id));
    const canEdit = role === 'admin' && !disconnectedAt;
    const team = await this.teams.of(integration, query);
    const shown = { id, parameters, affiliation, apiUrl, canEdit, counts, part, team };
    const view = await this.present(shown);
    const lack = await this.lackOf(integration, query);
    return identities || lack ? { ...view, identities, lack } : view;
  }

  /** What is asked for and not visible. The list itself says how far the outside collaborators are known. */
  private async lackOf(integration: GithubIntegration, query: DirectoryQuery) {
    const { identity, githubTeam, twoFactor, role, isOutside } = query;
    const question = { identity, githubTeam, twoFactor, role: !isOutside && role };
    const lack = await this.questions.lackOf(integration, question);
    return lack && shownError(lack).error;
  }
}

const TITLES: Record<Affiliation, string> = {
  member: 'Members',
  outside_collaborator: 'Outside collaborators',
};

const PARTS_OF: Record<Affiliation, PartName> = {
  member: 'members',
  outside_collaborator: 'outsideCollaborators',
};
