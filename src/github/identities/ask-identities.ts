import pMap from 'p-map';
import { inParts } from '../../platform/in-parts.js';
import type { GithubClient } from '../client/github-client.js';
import type { AskedPeople, IdentitySubject } from '../client/identity-query.js';
import { GithubFailure } from '../errors/github-failure.js';
import type { IdentityNode } from '../errors/identity-answers.js';
import { partFailure } from '../errors/part-failures.js';
import { cursorAfter } from '../http/cursor-after.js';
import type { PinnedOrganization } from '../organization.js';

/** People in one question. */
const PEOPLE_AT_ONCE = 100;

/** What was read of identities so far. */
export interface IdentitiesRead {
  /** By guid. */
  nodes: Map<string, IdentityNode>;
  /** Whose identities were asked for, by node id. */
  asked: Set<string>;
  /** How many identities there are; undefined before the first answer. */
  total: number | undefined;
  /** Whether somebody who was asked for has more of them than were read. */
  isCut: boolean;
  /** Whether single sign-on is set up at the organization, as far as is known. */
  isSetUp: boolean;
  /** Where the next page of all begins; undefined at the first. */
  cursor: string | undefined;
  /** Whether all pages were read. */
  isByPages: boolean;
  /** By node id. */
  verifiedEmails: Map<string, string[]>;
  /** Whether one question may be about identities and addresses: undefined before the first answer. */
  areTogether: boolean | undefined;
  /** What the credential may not read. */
  refused: Partial<Record<'identities' | 'verifiedEmails', GithubFailure>>;
}

export const nothingRead = (): IdentitiesRead => ({
  ...{ nodes: new Map(), asked: new Set(), total: undefined, isCut: false, isSetUp: true },
  ...{
    cursor: undefined,
    isByPages: false,
    verifiedEmails: new Map(),
    areTogether: undefined,
    refused: {},
  },
});

/** What is asked, and where the answers go. Each method throws GithubFailure. */
export class IdentityQuery {
  /** @param concurrency requests that wait at once; the credential's budget sends fewer */
  constructor(
    private readonly client: GithubClient,
    private readonly organization: PinnedOrganization,
    private readonly read: IdentitiesRead,
    private readonly concurrency: number,
  ) {}

  /**
   * Identities and addresses of these people in one question, where the credential may see both. `ofPeople` and
   * `emailsOf` ask for the rest.
   */
  async together(people: IdentitySubject[]): Promise<void> {
    const { read, concurrency } = this;
    const rest = people.filter(({ nodeId }) => !read.asked.has(nodeId));
    const [first, ...others] = inParts(rest, PEOPLE_AT_ONCE);
    if (first && read.areTogether === undefined) {
      read.areTogether = await this.ask(first, true).then(
        () => read.isSetUp,
        (error: unknown) => {
          if (!isRefused(error)) throw error;
          return false;
        },
      );
    } else if (first) others.unshift(first);
    if (read.areTogether) await pMap(others, (some) => this.ask(some, true), { concurrency });
  }

  /** The identities of these people, many at once. */
  async ofPeople(people: IdentitySubject[]): Promise<void> {
    const { read, concurrency } = this;
    const rest = people.filter(({ nodeId }) => !read.asked.has(nodeId));
    // The first answer tells whether to ask for the others.
    const [first, ...others] = inParts(rest, PEOPLE_AT_ONCE);
    if (first && read.isSetUp) await this.ask(first, false);
    if (read.isSetUp) await pMap(others, (some) => this.ask(some, false), { concurrency });
  }

  /** Addresses of these people in the organization's verified domains. */
  async emailsOf(people: IdentitySubject[]): Promise<void> {
    const { verifiedEmails } = this.read;
    const ask = async (some: string[]) => {
      const found = await this.client.identities.verifiedEmails(this.organization.login, some);
      for (const [nodeId, emails] of found) verifiedEmails.set(nodeId, emails);
    };
    const ids = people.map(({ nodeId }) => nodeId);
    const rest = ids.filter((nodeId) => !verifiedEmails.has(nodeId));
    await pMap(inParts(rest, PEOPLE_AT_ONCE), ask, { concurrency: this.concurrency });
  }

  /** All identities, page after page, from where the last try ended. */
  async pages(): Promise<void> {
    const { read } = this;
    if (read.cursor === undefined) read.nodes = new Map();
    do {
      const page = await this.client.identities.page(this.organization, read.cursor);
      read.isSetUp = page !== null;
      if (!page) return;
      for (const node of page.nodes) read.nodes.set(node.guid, node);
      read.cursor = cursorAfter(page.pageInfo, read.cursor);
      read.total = page.totalCount;
    } while (read.cursor !== undefined);
    read.isByPages = true;
    read.isCut = false;
  }

  private ask(some: IdentitySubject[], withEmails: boolean): Promise<void> {
    const { client, organization, read } = this;
    return client.identities.ofPeople(organization, some, withEmails, (asked, found) =>
      noteIdentities(read, asked, found),
    );
  }
}

/** Keeps what was answered about some people. */
export function noteIdentities(
  read: IdentitiesRead,
  asked: IdentitySubject[],
  { identities, verifiedEmails }: AskedPeople,
): void {
  for (const [nodeId, emails] of verifiedEmails) read.verifiedEmails.set(nodeId, emails);
  if (identities === undefined) return;
  read.isSetUp = identities !== null;
  if (!identities) return;
  for (const node of identities.nodes) read.nodes.set(node.guid, node);
  for (const { nodeId } of asked) read.asked.add(nodeId);
  read.total = identities.total;
  read.isCut ||= !identities.isWhole;
}

const isRefused = (error: unknown): boolean => {
  const failure = partFailure(error, 'identities');
  return failure instanceof GithubFailure && failure.code === 'missing_permission';
};
