import pMap from 'p-map';
import type { GithubClient } from '../client/github-client.js';
import { GithubFailure } from '../errors/github-failure.js';
import type { PinnedOrganization } from '../organization.js';

export interface PossibleLeaver {
  nodeId: string;
}

export interface ConfirmOptions {
  client: GithubClient;
  organization: PinnedOrganization;
  visibility: { list: 'members' | 'public' };
}

/** Waiting requests; the credential's budget sends fewer at once. */
const MAX_CONCURRENT_REQUESTS = 50;

/**
 * Whether a person who is missing from the list is still a member. It asks for their present login, because the stored
 * one may be old. A person who no longer has a profile cannot be checked, and counts as gone.
 */
export async function isAnyMember(
  { client, organization: { login: organization }, visibility: { list } }: ConfirmOptions,
  people: PossibleLeaver[],
): Promise<boolean> {
  const nodeIds = people.map(({ nodeId }) => nodeId);
  const profiles = await client.profiles(nodeIds, { email: false });
  const logins = [...profiles.values()].map(({ login }) => login);
  const answers = await pMap(logins, (login) => client.lists.has(organization, login, list), {
    concurrency: MAX_CONCURRENT_REQUESTS,
  });
  return answers.includes(true);
}

/** GitHub contradicts its own list. */
export const listLacksMembers = () =>
  new GithubFailure(
    'listing_incomplete',
    "GitHub's member list is incomplete: people who are still members are missing from it. Nobody was removed.",
    'All people found are in the directory. Sync again in a few minutes.',
  );
