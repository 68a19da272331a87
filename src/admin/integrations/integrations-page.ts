import { Injectable } from '@nestjs/common';
import type { Identity } from '../../accounts/identity.js';
import { DemoGithub } from '../../github/demo/demo-github.js';
import { CredentialHealths } from '../../integrations/connections/credential-healths.js';
import type { GithubIntegration } from '../../integrations/connections/github-integration.entity.js';
import { IntegrationsService } from '../../integrations/connections/integrations.service.js';
import { MemberSyncRuns } from '../../integrations/runs/member-sync-runs.js';
import { pageMark } from '../../integrations/runs/page-mark.js';
import { countsOfNow } from '../../integrations/runs/run-counts.js';
import { MembersService } from '../../members/listing/members.service.js';
import { presentOrganization } from '../shared/present-organization.js';
import { type OrganizationCard, organizationCard } from './organization-card.js';

/** `team-2` before `team-10`. */
const byName = new Intl.Collator('en', { numeric: true });

/** The data of the page with a team's organizations. */
@Injectable()
export class IntegrationsPage {
  constructor(
    private readonly integrations: IntegrationsService,
    private readonly members: MembersService,
    private readonly runs: MemberSyncRuns,
    private readonly healths: CredentialHealths,
    private readonly demo: DemoGithub,
  ) {}

  async view({ teamId, role }: Identity) {
    const integrations = await this.integrations.list(teamId);
    const cards = await Promise.all(integrations.map((one) => this.card(one)));
    cards.sort((one, other) => byName.compare(one.login, other.login));
    const groups = grouped(cards);
    const isSyncing = cards.some(({ status }) => status === 'syncing');
    return {
      title: 'Integrations',
      mark: pageMark({ syncing: isSyncing }),
      offersDemo: this.demo.isThere,
      isAdmin: role === 'admin',
      isSyncing,
      hasSeveral: cards.length > 1,
      organizations: cards.length,
      active: activeOf(cards.filter(({ disconnectedAt }) => !disconnectedAt)),
      kept: activeOf(cards.filter(({ disconnectedAt }) => disconnectedAt)),
      groups,
      showsGroups: groups.length > 1,
    };
  }

  /** The reads of all cards are batched. */
  private async card(integration: GithubIntegration): Promise<OrganizationCard> {
    const [kept, latest, credential] = await Promise.all([
      this.members.counts(integration.id),
      this.runs.latest(integration.id),
      this.healths.of(integration),
    ]);
    const counts = countsOfNow(kept, latest);
    const asked = await this.runs.latestAsked(latest);
    const known = { counts, latest, asked, credential };
    return { ...presentOrganization(integration), ...organizationCard(integration, known) };
  }
}

/** Their active members; of disconnected organizations, those who were active at the end. */
const activeOf = (cards: OrganizationCard[]): number =>
  cards.reduce((sum, { counts }) => sum + counts.active, 0);

/** Organizations that need attention come first, disconnected ones last. */
function grouped(cards: OrganizationCard[]) {
  const of = (wanted: OrganizationCard['group']) => cards.filter(({ group }) => group === wanted);
  return [
    { id: 'attention', words: 'Needs attention', cards: of('attention') },
    { id: 'connected', words: 'Connected', cards: of('connected') },
    { id: 'disconnected', words: 'Disconnected', cards: of('disconnected') },
  ].filter(({ cards }) => cards.length > 0);
}
