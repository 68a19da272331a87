import type { EmailNode, IdentityNode, IdentityProvider } from '../errors/identity-answers.js';
import { invalidAnswer } from '../errors/invalid-answer.js';

/** Identities of one person: nearly everybody has one. */
const OF_ONE_PERSON = 5;

export const IDENTITY = `guid user { id databaseId login } samlIdentity { nameId } scimIdentity { username }`;

/** Of a user. */
export const EMAILS = 'organizationVerifiedDomainEmails(login: $org)';

/** One list for all who have none, to save memory. */
const NO_EMAILS: string[] = [];

/** A member, as the directory knows them. */
export interface IdentitySubject {
  nodeId: string;
  login: string;
}

/** The identities of some people. */
interface IdentitiesOfPeople {
  nodes: IdentityNode[];
  /** False if somebody has more of them. */
  isWhole: boolean;
  /** How many there are of all members. */
  total: number;
}

/** What is known of some people, who were asked for at once. */
export interface AskedPeople {
  /** Null where single sign-on is not set up at the organization; undefined where they were not asked for. */
  identities: IdentitiesOfPeople | null | undefined;
  /** Addresses in the organization's verified domains, by node id; none where they were not asked for. */
  verifiedEmails: Map<string, string[]>;
}

/** The parts of a query about the identities of so many people, whose logins are the variables `login0` and so on. */
export function identityQuery(people: number) {
  const numbers = Array.from({ length: people }, (_, i) => i);
  const lists = numbers.map(
    (i) =>
      `of${i}: externalIdentities(first: ${OF_ONE_PERSON}, membersOnly: true, login: $login${i}) { ...Some }`,
  );
  return {
    variables: numbers.map((i) => `$login${i}: String!`).join(', '),
    fields: `organization(login: $org) { databaseId samlIdentityProvider {
      all: externalIdentities(first: 1, membersOnly: true) { totalCount }
      ${lists.join('\n')}
    } }`,
    fragment: `fragment Some on ExternalIdentityConnection {
    nodes { ${IDENTITY} } pageInfo { hasNextPage }
  }`,
  };
}

export const loginVariables = (logins: string[]): Record<string, string> =>
  Object.fromEntries(logins.map((login, i) => [`login${i}`, login]));

/** The answer to such a query. */
export function identitiesIn(provider: IdentityProvider): IdentitiesOfPeople | null {
  if (!provider) return null;
  const { all, ...lists } = provider;
  const each = Object.values(lists);
  return {
    nodes: each.flatMap(({ nodes }) => nodes),
    isWhole: each.every(({ pageInfo }) => !pageInfo.hasNextPage),
    total: all.totalCount,
  };
}

/**
 * Addresses by node id, sorted; people without a profile are left out.
 * @param nodeIds in the order of the nodes, of which there may be none at all
 */
export function emailsIn(nodeIds: string[], nodes: EmailNode[]): Map<string, string[]> {
  if (nodes.length > 0 && nodes.length !== nodeIds.length)
    throw invalidAnswer('GitHub did not return all requested people.');
  const found = new Map<string, string[]>();
  for (const [i, node] of nodes.entries()) {
    const emails = node?.organizationVerifiedDomainEmails;
    if (emails) found.set(nodeIds[i] ?? '', emails.length > 0 ? emails.toSorted() : NO_EMAILS);
  }
  return found;
}
