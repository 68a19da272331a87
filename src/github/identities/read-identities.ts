import pMap from 'p-map';
import { inParts } from '../../platform/in-parts.js';
import type { GithubClient } from '../client/github-client.js';
import { GithubFailure } from '../errors/github-failure.js';
import type { IdentityNode } from '../errors/identity-answers.js';
import { type GuardedPart, partFailure, partKeptChanging } from '../errors/part-failures.js';
import { cursorAfter } from '../http/cursor-after.js';
import { type KnownIds, UserIds } from '../members/user-ids.js';
import type { PinnedOrganization } from '../organization.js';

/** How often identities are read until their number is the same at the end. */
const MAX_PASSES = 4;

/** Node ids in one question. */
const PEOPLE_AT_ONCE = 100;

/** Somebody's identity at the organization's identity provider. A person may have several. */
interface GithubIdentity {
  guid: string;
  githubId: number;
  nodeId: string;
  login: string;
  /** Byte for byte; it need not be an address. */
  samlNameId: string | null;
  scimUserName: string | null;
}

export interface IdentityOptions {
  /** Requests that wait at once; the credential's budget sends fewer. */
  concurrency: number;
  knownIds?: KnownIds;
  /** What an earlier try has read, which is not asked for again. This one adds to it. */
  read?: IdentitiesRead;
}

/** What was read of identities before a limit ended the try. */
export interface IdentitiesRead {
  /** By guid. */
  nodes: Map<string, IdentityNode>;
  /** Where the next page begins; undefined at the first. */
  cursor: string | undefined;
  /** By node id. */
  verifiedEmails: Map<string, string[]>;
}

type Continued = IdentityOptions & { read: IdentitiesRead };

export const nothingRead = (): IdentitiesRead => ({
  nodes: new Map(),
  cursor: undefined,
  verifiedEmails: new Map(),
});

/** What could be read. */
export interface Identities {
  /** Undefined where they are not visible. */
  identities: GithubIdentity[] | undefined;
  /** Addresses in the organization's verified domains, by node id; undefined where they are not visible. */
  verifiedEmails: ReadonlyMap<string, string[]> | undefined;
  /** What is not visible and what it takes, in words; undefined where nothing is missing. */
  missing: string | undefined;
}

const AT_ENTERPRISE =
  'Single sign-on is not set up at the organization. If it is set up at the enterprise, its identities are not visible here: that needs a token of an enterprise owner with the scope admin:enterprise.';

/**
 * The identities of members, and their addresses in verified domains.
 * @param nodeIds of the members
 * @throws GithubFailure; `missing_permission` if the credential may read neither, `listing_incomplete` if they keep
 * changing
 */
export async function readIdentities(
  client: GithubClient,
  organization: PinnedOrganization,
  nodeIds: string[],
  { read = nothingRead(), ...options }: IdentityOptions,
): Promise<Identities> {
  const [identities, verifiedEmails] = await Promise.all([
    visible('identities', () => linkedIdentities(client, organization, { ...options, read })),
    visible('verifiedEmails', () =>
      emailsOf(client, organization.login, nodeIds, { ...options, read }),
    ),
  ]);
  if (identities instanceof GithubFailure && verifiedEmails instanceof GithubFailure)
    throw identities;
  const missing = [identities ?? AT_ENTERPRISE, verifiedEmails].flatMap(inWords);
  return {
    identities: seen(identities) ?? undefined,
    verifiedEmails: seen(verifiedEmails),
    missing: missing.join(' ') || undefined,
  };
}

const seen = <T>(result: T | GithubFailure): T | undefined =>
  result instanceof GithubFailure ? undefined : result;

function inWords(result: unknown): string[] {
  if (result instanceof GithubFailure) return [`${result.message} ${result.remedy}`];
  return typeof result === 'string' ? [result] : [];
}

/** The failure that tells what it takes, instead of what the credential may not read. */
async function visible<T>(part: GuardedPart, read: () => Promise<T>): Promise<T | GithubFailure> {
  try {
    return await read();
  } catch (error) {
    const failure = partFailure(error, part);
    if (failure instanceof GithubFailure && failure.code === 'missing_permission') return failure;
    throw failure;
  }
}

/** Null where single sign-on is not set up at the organization. */
async function linkedIdentities(
  client: GithubClient,
  organization: PinnedOrganization,
  { knownIds, read }: Continued,
): Promise<GithubIdentity[] | null> {
  for (let pass = 1; pass <= MAX_PASSES; pass++) {
    const found = await everyIdentity(client, organization, read);
    if (!found) return null;
    if (found.nodes.size !== found.total) {
      read.nodes = new Map();
      continue;
    }
    const linked = [...found.nodes.values()].flatMap(({ user, ...one }) =>
      user ? [{ ...one, user }] : [],
    );
    const userIds = new UserIds(client, 'identities', knownIds);
    await userIds.find(linked.map(({ user }) => user));
    return linked.map(({ guid, user, samlIdentity, scimIdentity }) => ({
      ...{ guid, githubId: userIds.idOf(user), nodeId: user.id, login: user.login },
      samlNameId: samlIdentity?.nameId ?? null,
      scimUserName: scimIdentity?.username ?? null,
    }));
  }
  throw partKeptChanging('identities');
}

/** By guid, and how many there were at the end. */
async function everyIdentity(
  client: GithubClient,
  organization: PinnedOrganization,
  read: IdentitiesRead,
): Promise<{ nodes: Map<string, IdentityNode>; total: number } | null> {
  const { nodes } = read;
  for (;;) {
    const page = await client.identities.page(organization, read.cursor);
    if (!page) return null;
    for (const node of page.nodes) nodes.set(node.guid, node);
    read.cursor = cursorAfter(page.pageInfo, read.cursor);
    if (read.cursor === undefined) return { nodes, total: page.totalCount };
  }
}

async function emailsOf(
  client: GithubClient,
  login: string,
  nodeIds: string[],
  { concurrency, read: { verifiedEmails } }: Continued,
): Promise<Map<string, string[]>> {
  const ask = async (some: string[]) => {
    const found = await client.identities.verifiedEmails(login, some);
    for (const [nodeId, emails] of found) verifiedEmails.set(nodeId, emails);
  };
  const rest = nodeIds.filter((nodeId) => !verifiedEmails.has(nodeId));
  await pMap(inParts(rest, PEOPLE_AT_ONCE), ask, { concurrency });
  return verifiedEmails;
}
