import type { GithubClient } from '../client/github-client.js';
import type { PinnedOrganization } from '../organization.js';
import { ListSource } from './list-source.js';
import { StableListReader } from './stable-list-reader.js';

/** A list that is longer than one page is read twice, to be sure that nobody moved between two pages meanwhile. */
const READS_OF_A_LONG_LIST = 2;

/**
 * GitHub's ids of everybody without two-factor authentication: GitHub has only this list, and nothing about one person.
 * Undefined if it would take more requests than there are people to ask about; a sync of everybody reads it.
 */
export async function withoutTwoFactorAmong(
  client: GithubClient,
  organization: PinnedOrganization,
  people: number,
): Promise<ReadonlySet<number> | undefined> {
  const first = await client.lists.firstPage(organization.login, 'withoutTwoFactor');
  const pages = first.siblings?.count ?? 1;
  if (pages === 1) return new Set(first.members?.map(({ id }) => id));
  if (READS_OF_A_LONG_LIST * pages >= people) return undefined;
  const reader = new StableListReader(new ListSource(client, organization, 'withoutTwoFactor'), {
    concurrency: pages,
    maxPeople: Number.POSITIVE_INFINITY,
    known: [],
    lookUp: async () => [],
    onPage: async () => undefined,
  });
  for await (const _ of reader.read());
  return new Set(reader.githubIds);
}
