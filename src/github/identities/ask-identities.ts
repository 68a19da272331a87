import pMap from 'p-map';
import { inParts } from '../../platform/in-parts.js';
import type { GithubClient } from '../client/github-client.js';
import type { GithubFailure } from '../errors/github-failure.js';
import type { IdentityNode } from '../errors/identity-answers.js';
import { cursorAfter } from '../http/cursor-after.js';
import type { PinnedOrganization } from '../organization.js';

/** People in one question. */
const PEOPLE_AT_ONCE = 100;

/** A member, as the directory knows them. */
export interface IdentitySubject {
  nodeId: string;
  login: string;
}

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
  /** By node id. */
  verifiedEmails: Map<string, string[]>;
  /** What the credential may not read. */
  refused: Partial<Record<'identities' | 'verifiedEmails', GithubFailure>>;
}

export const nothingRead = (): IdentitiesRead => ({
  ...{ nodes: new Map(), asked: new Set(), total: undefined, isCut: false, isSetUp: true },
  ...{ cursor: undefined, verifiedEmails: new Map(), refused: {} },
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

  /** The identities of these people, many at once. */
  async ofPeople(people: IdentitySubject[]): Promise<void> {
    const { read, concurrency } = this;
    const rest = people.filter(({ nodeId }) => !read.asked.has(nodeId));
    // The first answer tells whether to ask for the others.
    const [first, ...others] = inParts(rest, PEOPLE_AT_ONCE);
    if (first && read.isSetUp) await this.ask(first);
    if (read.isSetUp) await pMap(others, (some) => this.ask(some), { concurrency });
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
    read.isCut = false;
  }

  private async ask(some: IdentitySubject[]): Promise<void> {
    const { read } = this;
    const logins = some.map(({ login }) => login);
    const found = await this.client.identities.ofPeople(this.organization, logins);
    read.isSetUp = found !== null;
    if (!found) return;
    for (const node of found.nodes) read.nodes.set(node.guid, node);
    for (const { nodeId } of some) read.asked.add(nodeId);
    read.total = found.total;
    read.isCut ||= !found.isWhole;
  }
}
