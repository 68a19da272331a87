import { Injectable } from '@nestjs/common';
import { IntegrationsService } from '../../integrations/connections/integrations.service.js';
import { IntegrationParts, partOf } from '../../integrations/parts/integration-parts.js';
import { pageMark } from '../../integrations/runs/page-mark.js';
import {
  LISTED_STATES,
  type OrganizationInvitation,
} from '../../members/invitations/organization-invitation.entity.js';
import { OrganizationInvitations } from '../../members/invitations/organization-invitations.js';
import { MembersService } from '../../members/listing/members.service.js';
import { eventsPath } from '../shared/events-path.js';
import { type GithubLinks, githubLinks } from '../shared/github-links.js';
import { partNotice } from '../shared/part-notice.js';
import { PartsNav } from '../shared/parts-nav.js';
import { presentOrganization } from '../shared/present-organization.js';
import { InvitationsAddress } from './invitations-address.js';
import { presentInvitationRow } from './present-invitation-row.js';

const INVITATIONS_PER_PAGE = 50;

const WORDS = { pending: 'Pending', failed: 'Failed' };

/** The data of the page with the invitations to an organization. */
@Injectable()
export class OrganizationInvitationsPage {
  constructor(
    private readonly integrations: IntegrationsService,
    private readonly parts: IntegrationParts,
    private readonly invitations: OrganizationInvitations,
    private readonly members: MembersService,
    private readonly nav: PartsNav,
  ) {}

  /** @throws PublicError 404 */
  async view(teamId: number, id: number, query: unknown) {
    const integration = await this.integrations.get(teamId, id);
    const organization = presentOrganization(integration);
    const address = new InvitationsAddress(id, query);
    const { state, before, here } = address;
    const [parts, counts, found] = await Promise.all([
      this.parts.of(id),
      this.invitations.counts(id),
      this.invitations.page({
        ...{ integrationId: id, state, before },
        limit: INVITATIONS_PER_PAGE + 1,
      }),
    ]);
    const shown = found.slice(0, INVITATIONS_PER_PAGE);
    const last = found.length > shown.length ? shown.at(-1) : undefined;
    const part = partOf(parts, 'invitations');
    return {
      title: `Invitations to ${organization.login}`,
      mark: pageMark({ syncing: organization.status === 'syncing' }),
      events: eventsPath(id),
      organization,
      here,
      part: partNotice(part),
      partsNav: await this.nav.of(id, parts, 'invitations'),
      tabs: LISTED_STATES.map((one) => ({
        words: WORDS[one],
        count: part.asOf ? counts[one] : undefined,
        href: address.with(one),
        isHere: one === state,
      })),
      rows: await this.rows(id, shown, githubLinks(integration.apiUrl)),
      state,
      export: address.export,
      first: before && address.page(),
      next: last && address.page(last.id),
    };
  }

  private async rows(id: number, shown: OrganizationInvitation[], links: GithubLinks) {
    const inviterIds = shown.flatMap(({ inviterGithubId }) => inviterGithubId ?? []);
    const [invited, inviters] = await Promise.all([
      this.invitations.people(id, shown),
      this.members.people(id, inviterIds),
    ]);
    return shown.map((one) => presentInvitationRow(one, { invited, inviters }, links));
  }
}
