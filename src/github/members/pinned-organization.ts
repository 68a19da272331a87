import type { GithubClient } from '../client/github-client.js';
import { GithubFailure } from '../errors/github-failure.js';
import { nameChanged, organizationReplaced } from '../errors/organization-failures.js';
import type { PinnedOrganization } from '../organization.js';

/**
 * The organization with this id, under its present name.
 * @throws GithubFailure `organization_replaced` if it is gone and somebody else has its name
 */
export async function findPinned(
  client: GithubClient,
  { id, login }: PinnedOrganization,
): Promise<PinnedOrganization> {
  try {
    return await client.organizationById(id);
  } catch (error) {
    if (!isNotFound(error)) throw error;
    const heir = await client.organizationByLogin(login).catch((failure: unknown) => {
      if (isNotFound(failure)) throw error;
      throw failure;
    });
    throw heir.id === id ? error : organizationReplaced(login);
  }
}

/**
 * That the organization still has the login by which a list was read. A list without further pages does not tell its
 * organization, and another one may have taken the name since the run began.
 * @throws GithubFailure `listing_incomplete` if it was renamed
 */
export async function requirePinned(
  client: GithubClient,
  organization: PinnedOrganization,
): Promise<void> {
  const { login } = organization;
  const present = await findPinned(client, organization);
  if (present.login !== login) throw nameChanged(login, present.login);
}

const isNotFound = (error: unknown): boolean =>
  error instanceof GithubFailure && error.code === 'organization_not_found';
