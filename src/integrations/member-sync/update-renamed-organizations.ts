import { EntityManager, Not } from 'typeorm';
import type { GithubClient } from '../../github/client/github-client.js';
import type { Organization } from '../../github/errors/github-answers.js';
import { findPinned } from '../../github/members/pinned-organization.js';
import { GithubIntegration } from '../connections/github-integration.entity.js';

/**
 * Names can change: an organization that had this one when the team connected it may have a new one, which is stored.
 * @throws GithubFailure `organization_replaced` if it is gone: its directory is not the new owner's
 */
export async function updateRenamedOrganizations(
  manager: EntityManager,
  client: GithubClient,
  key: Pick<GithubIntegration, 'teamId' | 'apiUrl'>,
  { id, login }: Organization,
): Promise<void> {
  const others = await manager.findBy(GithubIntegration, { ...key, organizationId: Not(id) });
  for (const { id, organizationId, organizationLogin } of others) {
    if (organizationLogin.toLowerCase() !== login.toLowerCase()) continue;
    const present = await findPinned(client, { id: organizationId, login: organizationLogin });
    const renamed = { organizationLogin: present.login, updatedAt: new Date() };
    await manager.update(GithubIntegration, { id }, renamed);
  }
}
