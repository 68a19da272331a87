import { GraphqlResponseError } from '@octokit/graphql';
import type { Octokit } from '@octokit/rest';
import { check, nodesAnswer, Profile } from '../errors/github-answers.js';
import { GithubFailure } from '../errors/github-failure.js';
import { invalidAnswer } from '../errors/invalid-answer.js';
import { exceptMissing } from '../errors/missing-people.js';
import { isTooMuch } from '../errors/too-much.js';
import { isEnterpriseServer } from '../errors/web-address.js';
import type { GithubTransport } from './github-transport.js';

/** Profiles by node id; people without a profile (suspended, deleted) are left out. */
export type Profiles = Map<string, Profile>;

export interface ProfileOptions {
  /** Whether to ask for public email addresses, which needs a separate right. */
  email: boolean;
}

/** GitHub refuses more (`ARGUMENT_LIMIT`). */
const MAX_PROFILES_PER_QUERY = 100;

/** Fewer are not worth a request. */
const MIN_PROFILES_PER_QUERY = 10;

/** Only an Enterprise Server's schema has `suspendedAt`; elsewhere it makes the whole query invalid. */
const queryFor = (isServer: boolean): string =>
  `query($ids: [ID!]!, $email: Boolean!) {
  nodes(ids: $ids) { ... on User { id login name email @include(if: $email) avatarUrl${isServer ? ' suspendedAt' : ''} } }
}`;

/** Reads profiles in bulk. After a time-out it asks for fewer at a time. */
export class ProfileReader {
  private size = MAX_PROFILES_PER_QUERY;
  private asksSuspension: boolean;

  constructor(private readonly transport: GithubTransport) {
    this.asksSuspension = isEnterpriseServer(transport.apiUrl);
  }

  async read(ids: string[], options: ProfileOptions): Promise<Profiles> {
    const all: Profiles = new Map();
    for (let begin = 0; begin < ids.length; ) {
      const some = ids.slice(begin, begin + this.size);
      const found = await this.some(some, options);
      if (!found) continue;
      for (const [id, profile] of found) all.set(id, profile);
      begin += some.length;
    }
    return all;
  }

  /** Undefined if the caller must ask again: with fewer ids, or without a field that the server does not know. */
  private async some(ids: string[], options: ProfileOptions): Promise<Profiles | undefined> {
    const mayShrink = ids.length > MIN_PROFILES_PER_QUERY;
    // Copied, because a concurrent request may change it.
    const { asksSuspension } = this;
    const query = queryFor(asksSuspension);
    try {
      return await this.transport.send(
        (octokit, request) => fetchProfiles(octokit, query, { ids, ...options, request }),
        {
          resource: 'graphql',
          leaves: (failure) => lacksSuspension(failure) || (mayShrink && isTooMuch(failure)),
        },
      );
    } catch (error) {
      if (asksSuspension && lacksSuspension(error)) {
        this.asksSuspension = false;
        return undefined;
      }
      const shrinks =
        mayShrink && isTooMuch(error) && (await this.transport.patience.waitForRetry(1));
      if (!shrinks) throw error;
      this.size = Math.min(this.size, Math.max(MIN_PROFILES_PER_QUERY, Math.ceil(ids.length / 2)));
      return undefined;
    }
  }
}

/** Whether the server's schema has no `suspendedAt`. */
const lacksSuspension = (failure: unknown): boolean =>
  failure instanceof GithubFailure &&
  failure.cause instanceof GraphqlResponseError &&
  (failure.cause.errors ?? []).some(({ message }) => message.includes('suspendedAt'));

async function fetchProfiles(
  octokit: Octokit,
  query: string,
  variables: ProfileOptions & { ids: string[]; request: { signal: AbortSignal } },
): Promise<Profiles> {
  const { ids } = variables;
  const { nodes } = check(
    nodesAnswer,
    await octokit.graphql(query, { ...variables }).catch(exceptMissing),
  );
  if (nodes.length !== ids.length)
    throw invalidAnswer('GitHub did not return all requested people.');
  const profiles: Profiles = new Map();
  for (const [i, node] of nodes.entries()) if (isProfile(node)) profiles.set(ids[i] ?? '', node);
  return profiles;
}

const isProfile = (node: Profile | object | null): node is Profile => node !== null && 'id' in node;
