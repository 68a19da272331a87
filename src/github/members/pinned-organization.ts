import type { GithubClient } from '../client/github-client.js';
import { GithubFailure } from '../errors/github-failure.js';
import { organizationReplaced } from '../errors/organization-failures.js';

/** An organization, known by its id; the login is its present name. */
export interface PinnedOrganization {
  id: number;
  login: string;
}

/**
 * The organization with that id, under its present name.
 * @throws GithubFailure `organization_replaced` where it is gone and somebody else holds its name
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

const isNotFound = (error: unknown): boolean =>
  error instanceof GithubFailure && error.code === 'organization_not_found';
