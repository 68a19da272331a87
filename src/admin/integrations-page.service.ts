import { Injectable } from '@nestjs/common';
import type { Identity } from '../accounts/identity.js';
import type { GithubIntegration } from '../integrations/github-integration.entity.js';
import { IntegrationsService } from '../integrations/integrations.service.js';
import { MembersService } from '../members/members.service.js';
import { githubLinks } from './github-links.js';
import { initials } from './initials.js';

/** What the list of a team's organizations shows. */
@Injectable()
export class IntegrationsPage {
  constructor(
    private readonly integrations: IntegrationsService,
    private readonly members: MembersService,
  ) {}

  async view({ teamId, role }: Identity) {
    const integrations = await this.integrations.list(teamId);
    return {
      title: 'Integrations',
      nav: 'integrations',
      isAdmin: role === 'admin',
      organizations: await Promise.all(integrations.map((one) => this.card(one))),
    };
  }

  private async card(integration: GithubIntegration) {
    const { active } = await this.members.counts(integration.id);
    return { ...presentOrganization(integration), active };
  }
}

/** What all pages of an organization show of it. */
export function presentOrganization(integration: GithubIntegration) {
  const { host, profile } = githubLinks(integration.apiUrl);
  return {
    id: integration.id,
    login: integration.organizationLogin,
    initials: initials(integration.organizationLogin),
    host,
    link: profile(integration.organizationLogin),
    publicOnly: integration.publicOnly,
    status: integration.memberSyncStatus,
    nextSyncAt: integration.nextSyncAt?.toISOString() ?? null,
    completedAt: integration.memberSyncCompletedAt?.toISOString() ?? null,
  };
}
