import pMap from 'p-map';
import type { GithubClient } from '../client/github-client.js';
import { GithubFailure } from '../errors/github-failure.js';
import type { PinnedOrganization } from './pinned-organization.js';

export interface PossibleLeaver {
  nodeId: string;
}

export interface ConfirmOptions {
  client: GithubClient;
  organization: PinnedOrganization;
  visibility: { list: 'members' | 'public' };
}

/** Questions at once. */
const MAX_CONCURRENT_REQUESTS = 5;

/**
 * Whether somebody whom the list lacks is a member all the same. They are asked for by their present login, which the stored
 * one need not be; who has no profile any more cannot be asked for, and is as gone as the list says.
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

/** A list that GitHub itself contradicts. */
export const listLacksMembers = () =>
  new GithubFailure(
    'listing_incomplete',
    "GitHub's member list is incomplete: people who are still members are missing from it. Nobody was removed.",
    'All people found are in the directory. Sync again in a few minutes.',
  );
