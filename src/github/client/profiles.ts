import { GraphqlResponseError } from '@octokit/graphql';
import type { Octokit } from '@octokit/rest';
import { check, nodesAnswer, Profile } from '../errors/github-answers.js';
import { GithubFailure } from '../errors/github-failure.js';
import type { ReadIdentity } from '../errors/identity-answers.js';
import { invalidAnswer } from '../errors/invalid-answer.js';
import { exceptMissing } from '../errors/missing-people.js';
import { isTooMuch } from '../errors/too-much.js';
import { isEnterpriseServer } from '../errors/web-address.js';
import type { PinnedOrganization } from '../organization.js';
import type { GithubTransport } from './github-transport.js';
import type { AskedPeople, IdentitySubject } from './identity-query.js';
import {
  type IdentityFields,
  isOfIdentities,
  type ProfileQuestion,
  profileQuestion,
} from './profile-question.js';

/** Profiles by node id; people without a profile (suspended, deleted) are left out. */
export type Profiles = Map<string, Profile>;

export interface ProfileOptions {
  /** Whether to ask for public email addresses, which needs a separate right. */
  email: boolean;
  /** Asked in the same questions: who the people are at work. */
  beside?: { identities: IdentitiesBesideProfiles; people: IdentitySubject[] } | undefined;
}

/** Who people are at work, as far as it is asked for together with their profiles. */
export interface IdentitiesBesideProfiles {
  readonly organization: PinnedOrganization;
  /** What the next question asks for; undefined for nothing, as after a failure. */
  readonly fields: IdentityFields | undefined;
  note(asked: IdentitySubject[], found: AskedPeople): void;
  /** What came of somebody; undefined where not all that can be seen did. */
  take(nodeId: string): ReadIdentity | undefined;
  /** A question with them failed: its profiles are asked for alone. */
  stop(): void;
}

/** GitHub refuses more (`ARGUMENT_LIMIT`). */
const MAX_PROFILES_PER_QUERY = 100;

/** Fewer are not worth a request. */
const MIN_PROFILES_PER_QUERY = 10;

/** Reads profiles in bulk. After a time-out it asks for fewer at a time. */
export class ProfileReader {
  private size = MAX_PROFILES_PER_QUERY;
  private asksSuspension: boolean;

  constructor(private readonly transport: GithubTransport) {
    this.asksSuspension = isEnterpriseServer(transport.apiUrl);
  }

  /** @param options.beside its people are those of `ids`, in the same order */
  async read(ids: string[], { email, beside }: ProfileOptions): Promise<Profiles> {
    const all: Profiles = new Map();
    for (let begin = 0; begin < ids.length; ) {
      const end = begin + this.size;
      const some = ids.slice(begin, end);
      const people = beside?.people.slice(begin, end) ?? [];
      const found = await this.some(some, { email, beside: beside && { ...beside, people } });
      if (!found) continue;
      for (const [id, profile] of found) all.set(id, profile);
      begin += some.length;
    }
    return all;
  }

  /** Undefined if the caller must ask again: with fewer ids, or without what the server does not know or refuses. */
  private async some(
    ids: string[],
    { email, beside }: ProfileOptions,
  ): Promise<Profiles | undefined> {
    const mayShrink = ids.length > MIN_PROFILES_PER_QUERY;
    // Copied, because a concurrent request may change it.
    const { asksSuspension } = this;
    const fields = beside?.identities.fields;
    const question = profileQuestion(ids, { email, asksSuspension }, fields && beside);
    try {
      const { profiles, found } = await this.transport.send(
        (octokit, request) => ask(octokit, question, request),
        {
          resource: 'graphql',
          leaves: (failure) =>
            fields !== undefined || lacksSuspension(failure) || (mayShrink && isTooMuch(failure)),
        },
      );
      if (found) beside?.identities.note(beside.people, found);
      else if (fields) beside?.identities.stop();
      return profiles;
    } catch (error) {
      if (asksSuspension && lacksSuspension(error)) {
        this.asksSuspension = false;
        return undefined;
      }
      if (fields && isOfIdentities(error)) {
        beside?.identities.stop();
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

async function ask(
  octokit: Octokit,
  { query, variables, identitiesOf }: ProfileQuestion,
  request: { signal: AbortSignal },
): Promise<{ profiles: Profiles; found: AskedPeople | undefined }> {
  const { ids } = variables;
  const answer = await octokit.graphql(query, { ...variables, request }).catch(exceptMissing);
  const { nodes } = check(nodesAnswer, answer);
  if (nodes.length !== ids.length)
    throw invalidAnswer('GitHub did not return all requested people.');
  const profiles: Profiles = new Map();
  for (const [i, node] of nodes.entries()) if (isProfile(node)) profiles.set(ids[i] ?? '', node);
  return { profiles, found: identitiesOf?.(answer) };
}

const isProfile = (node: Profile | object | null): node is Profile => node !== null && 'id' in node;
