import type { GithubClient } from '../client/github-client.js';
import type { IdentitySubject } from '../client/identity-query.js';
import { GithubFailure } from '../errors/github-failure.js';
import { type IdentityNames, namesOf } from '../errors/identity-answers.js';
import { type GuardedPart, partFailure, partKeptChanging } from '../errors/part-failures.js';
import { type KnownIds, UserIds } from '../members/user-ids.js';
import type { PinnedOrganization } from '../organization.js';
import { type IdentitiesRead, IdentityQuery } from './ask-identities.js';

/** How often pages are read until their number is the same at the end. */
const MAX_PASSES = 4;

/** Somebody's identity at the organization's identity provider. A person may have several. */
export interface GithubIdentity extends IdentityNames {
  githubId: number;
  nodeId: string;
  login: string;
}

export interface IdentityOptions {
  /** Requests that wait at once; the credential's budget sends fewer. */
  concurrency: number;
  /** What was read before, which is not asked for again. This one adds to it. */
  read: IdentitiesRead;
}

/** What could be read. */
export interface Identities {
  /** How many are linked to people; undefined where they are not visible. */
  linked: number | undefined;
  /** Addresses in the organization's verified domains, sorted, by node id; undefined where they are not visible. */
  verifiedEmails: ReadonlyMap<string, string[]> | undefined;
  /** What is not visible and what it takes, in words; undefined where nothing is missing. */
  missing: string | undefined;
}

const AT_ENTERPRISE =
  'Single sign-on is not set up at the organization. If it is set up at the enterprise, its identities are not visible here: that needs a token of an enterprise owner with the scope admin:enterprise.';

/**
 * Asks for the identities of some members, and their addresses in verified domains, before all members are known.
 * `readIdentities` asks for the others.
 * @throws GithubFailure, but not for what the credential may not read
 */
export async function beginIdentities(
  client: GithubClient,
  organization: PinnedOrganization,
  members: IdentitySubject[],
  { read, concurrency }: IdentityOptions,
): Promise<void> {
  const query = new IdentityQuery(client, organization, read, concurrency);
  await query.together(members);
  await Promise.all([
    unlessRefused(read, 'identities', () => query.ofPeople(members)),
    unlessRefused(read, 'verifiedEmails', () => query.emailsOf(members)),
  ]);
}

/**
 * The identities of members, and their addresses in verified domains.
 * @throws GithubFailure; `missing_permission` if the credential may read neither, `listing_incomplete` if they keep
 * changing
 */
export async function readIdentities(
  client: GithubClient,
  organization: PinnedOrganization,
  members: IdentitySubject[],
  { read, concurrency }: IdentityOptions,
): Promise<Identities> {
  const query = new IdentityQuery(client, organization, read, concurrency);
  if (read.cursor === undefined) await query.together(members);
  const prove = async () => {
    if (read.cursor === undefined) await query.ofPeople(members);
    await readUntilWhole(query, read);
  };
  await Promise.all([
    unlessRefused(read, 'identities', prove),
    unlessRefused(read, 'verifiedEmails', () => query.emailsOf(members)),
  ]);
  const { identities: hidden, verifiedEmails: hiddenEmails } = read.refused;
  if (hidden && hiddenEmails) throw hidden;
  const missing = [
    hidden ? inWords(hidden) : !read.isSetUp && AT_ENTERPRISE,
    hiddenEmails && inWords(hiddenEmails),
  ];
  return {
    linked: !hidden && read.isSetUp ? linkedIn(read).length : undefined,
    verifiedEmails: hiddenEmails ? undefined : read.verifiedEmails,
    missing: missing.filter(Boolean).join(' ') || undefined,
  };
}

const inWords = ({ message, remedy }: GithubFailure): string => `${message} ${remedy}`;

/** What the credential may not read is noted, and not asked for again. */
async function unlessRefused(
  { refused }: IdentitiesRead,
  part: keyof IdentitiesRead['refused'] & GuardedPart,
  ask: () => Promise<void>,
): Promise<void> {
  if (refused[part]) return;
  try {
    await ask();
  } catch (error) {
    const failure = partFailure(error, part);
    if (!(failure instanceof GithubFailure) || failure.code !== 'missing_permission') throw failure;
    refused[part] = failure;
  }
}

/**
 * Somebody with another login now is not found by the known one. Then some of all are missing, and all pages are read:
 * they follow each other, which takes longer.
 */
async function readUntilWhole(query: IdentityQuery, read: IdentitiesRead): Promise<void> {
  const isWhole = () => !read.isSetUp || (!read.isCut && read.nodes.size === read.total);
  for (let pass = 1; !isWhole(); pass++) {
    if (pass > MAX_PASSES) throw partKeptChanging('identities');
    await query.pages();
  }
}

const linkedIn = ({ nodes }: IdentitiesRead) =>
  [...nodes.values()].flatMap(({ user, ...one }) => (user ? [{ ...one, user }] : []));

/** The identities that were read, with their people. @throws GithubFailure as `UserIds` */
export async function describeIdentities(
  client: GithubClient,
  read: IdentitiesRead,
  knownIds?: KnownIds,
): Promise<GithubIdentity[]> {
  const linked = linkedIn(read);
  const userIds = new UserIds(client, 'identities', knownIds);
  await userIds.find(linked.map(({ user }) => user));
  return linked.map(({ user, ...one }) => ({
    ...namesOf({ user, ...one }),
    ...{ githubId: userIds.idOf(user), nodeId: user.id, login: user.login },
  }));
}
