import pMap from 'p-map';
import type { GithubClient } from '../client/github-client.js';
import { type GuardedPart, partKeptChanging } from '../errors/part-failures.js';
import type { GithubUserNode } from '../errors/team-answers.js';

/** GitHub's ids of known people, by node id. */
export type KnownIds = (nodeIds: string[]) => Promise<ReadonlyMap<string, number>>;

/** Those of some people, as far as they are among the known ones. */
export const knownAmong = (
  known: ReadonlyMap<string, number>,
  nodeIds: string[],
): Map<string, number> =>
  new Map(
    nodeIds.flatMap((nodeId) => {
      const id = known.get(nodeId);
      return id === undefined ? [] : [[nodeId, id]];
    }),
  );

const MAX_CONCURRENT_REQUESTS = 10;

/** GitHub's ids of users whom GraphQL shows: it has none where the id exceeds 32 bits. */
export class UserIds {
  private readonly found = new Map<string, number>();

  constructor(
    private readonly client: GithubClient,
    private readonly part: GuardedPart,
    private readonly knownIds: KnownIds = async () => new Map(),
  ) {}

  has({ id, databaseId }: GithubUserNode): boolean {
    return databaseId !== null || this.found.has(id);
  }

  /** Takes the known ids of those without one. */
  async note(users: GithubUserNode[], knownIds: KnownIds = this.knownIds): Promise<void> {
    const missing = users.filter((user) => !this.has(user));
    if (missing.length === 0) return;
    const known = await knownIds([...new Set(missing.map(({ id }) => id))]);
    for (const [nodeId, id] of known) this.found.set(nodeId, id);
  }

  /** Asks for those without one. @throws GithubFailure `listing_incomplete` if somebody's login changes meanwhile */
  async find(users: GithubUserNode[]): Promise<void> {
    await this.note(users);
    const missing = users.filter((user) => !this.has(user));
    const others = new Map(missing.map((user) => [user.id, user]));
    await pMap(others.values(), (user) => this.ask(user), { concurrency: MAX_CONCURRENT_REQUESTS });
  }

  /** Of somebody who was found. */
  idOf({ id, databaseId }: GithubUserNode): number {
    const found = databaseId ?? this.found.get(id);
    if (found === undefined) throw partKeptChanging(this.part);
    return found;
  }

  private async ask({ id, login }: GithubUserNode): Promise<void> {
    const user = await this.client.people.byLogin(login);
    if (user?.node_id !== id) throw partKeptChanging(this.part);
    this.found.set(id, user.id);
  }
}
