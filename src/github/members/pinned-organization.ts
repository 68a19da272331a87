import type { GithubClient } from '../client/github-client.js';
import { GithubFailure } from '../errors/github-failure.js';
import { organizationReplaced } from '../errors/organization-failures.js';

/** An organization with its id and its present name. */
export interface PinnedOrganization {
  id: number;
  login: string;
}

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

const isNotFound = (error: unknown): boolean =>
  error instanceof GithubFailure && error.code === 'organization_not_found';
