import type { GithubIntegration } from '../../integrations/connections/github-integration.entity.js';
import { githubLinks } from './github-links.js';
import { initials } from './initials.js';

/** The organization as all its pages show it. */
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
    disconnectedAt: integration.disconnectedAt?.toISOString() ?? null,
    nextSyncAt: integration.nextSyncAt?.toISOString() ?? null,
    completedAt: integration.memberSyncCompletedAt?.toISOString() ?? null,
  };
}
