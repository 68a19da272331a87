import { check } from '../errors/github-answers.js';
import {
  type EmailNode,
  type IdentitiesPage,
  type IdentityNode,
  identitiesAnswer,
  identitiesOfPeopleAnswer,
  verifiedEmailsAnswer,
} from '../errors/identity-answers.js';
import { invalidAnswer } from '../errors/invalid-answer.js';
import { exceptMissing } from '../errors/missing-people.js';
import { organizationReplaced } from '../errors/organization-failures.js';
import type { PinnedOrganization } from '../organization.js';
import { AdaptivePageSize, type Leaves } from './adaptive-page-size.js';
import type { GithubTransport } from './github-transport.js';

/** GitHub's most on one page, and of ids in one query. */
const MAX_PAGE = 100;

/** People in the first query about them: GitHub may refuse many lists in one. */
const FIRST_PEOPLE = 25;

/** Identities of one person: nearly everybody has one. */
const OF_ONE_PERSON = 5;

const IDENTITY = `guid user { id databaseId login } samlIdentity { nameId } scimIdentity { username }`;

const IDENTITIES = `query($org: String!, $identities: Int!, $cursor: String) {
  organization(login: $org) { databaseId samlIdentityProvider {
    externalIdentities(first: $identities, after: $cursor, membersOnly: true) {
      totalCount nodes { ${IDENTITY} } pageInfo { hasNextPage endCursor }
    }
  } }
}`;

const EMAILS = `nodes(ids: $ids) { ... on User { organizationVerifiedDomainEmails(login: $org) } }`;

const VERIFIED_EMAILS = `query($org: String!, $ids: [ID!]!) { ${EMAILS} }`;

/**
 * The variables `login0` and so on, one for each person.
 * @param beside what else is asked of the same people
 */
function identitiesOfPeople(people: number, beside = ''): string {
  const numbers = Array.from({ length: people }, (_, i) => i);
  const variables = numbers.map((i) => `$login${i}: String!`);
  const lists = numbers.map(
    (i) =>
      `of${i}: externalIdentities(first: ${OF_ONE_PERSON}, membersOnly: true, login: $login${i}) { ...Some }`,
  );
  return `query($org: String!, ${beside && '$ids: [ID!]!, '}${variables.join(', ')}) {
    ${beside}
    organization(login: $org) { databaseId samlIdentityProvider {
      all: externalIdentities(first: 1, membersOnly: true) { totalCount }
      ${lists.join('\n')}
    } }
  }
  fragment Some on ExternalIdentityConnection {
    nodes { ${IDENTITY} } pageInfo { hasNextPage }
  }`;
}

/** The identities of some people. */
interface IdentitiesOfPeople {
  nodes: IdentityNode[];
  /** False if somebody has more of them. */
  isWhole: boolean;
  /** How many there are of all members. */
  total: number;
}

/** A member, as the directory knows them. */
export interface IdentitySubject {
  nodeId: string;
  login: string;
}

/** What is known of some people, who were asked for at once. */
interface AskedPeople {
  /** Null where single sign-on is not set up at the organization. */
  identities: IdentitiesOfPeople | null;
  /** Addresses in the organization's verified domains, by node id; none where they were not asked for. */
  verifiedEmails: Map<string, string[]>;
}

/** Questions about who people are at work. Every method throws GithubFailure. */
export class IdentityQuestions {
  private readonly pages: AdaptivePageSize<'identities'>;
  private readonly loginsAtOnce: AdaptivePageSize<'people'>;
  private readonly idsAtOnce: AdaptivePageSize<'ids'>;

  constructor(private readonly transport: GithubTransport) {
    const { patience } = transport;
    this.pages = new AdaptivePageSize({ identities: MAX_PAGE }, { identities: MAX_PAGE }, patience);
    this.loginsAtOnce = new AdaptivePageSize(
      { people: FIRST_PEOPLE },
      { people: MAX_PAGE },
      patience,
    );
    this.idsAtOnce = new AdaptivePageSize({ ids: MAX_PAGE }, { ids: MAX_PAGE }, patience);
  }

  /** Some identities of single sign-on; null where it is not set up at the organization. */
  async page({ id, login }: PinnedOrganization, cursor?: string): Promise<IdentitiesPage | null> {
    const { organization } = await this.pages.ask((size, leaves) =>
      this.transport.send(
        async (octokit, request) => {
          const variables = { org: login, cursor, ...size, request };
          return check(identitiesAnswer, await octokit.graphql(IDENTITIES, variables));
        },
        { resource: 'graphql', leaves, isChained: true },
      ),
    );
    requireSame({ id, login }, organization);
    return organization.samlIdentityProvider?.externalIdentities ?? null;
  }

  /** Those of people by login. @param withEmails whether to ask for their verified addresses too, which others may see */
  async ofPeople(
    organization: PinnedOrganization,
    people: IdentitySubject[],
    withEmails: boolean,
  ): Promise<AskedPeople> {
    const found: IdentitiesOfPeople = { nodes: [], isWhole: true, total: 0 };
    const verifiedEmails = new Map<string, string[]>();
    let isSetUp = true;
    for (let begin = 0; begin < people.length; ) {
      const asked = await this.loginsAtOnce.ask((size, leaves) => {
        const some = people.slice(begin, begin + size.people);
        return this.askAbout(organization, some, { withEmails, leaves });
      });
      begin += asked.some.length;
      addEmails(verifiedEmails, asked.some, asked.nodes);
      isSetUp = asked.provider !== null;
      if (!asked.provider) continue;
      const { all, ...lists } = asked.provider;
      for (const { nodes, pageInfo } of Object.values(lists)) {
        found.nodes.push(...nodes);
        found.isWhole &&= !pageInfo.hasNextPage;
      }
      found.total = all.totalCount;
    }
    return { identities: isSetUp ? found : null, verifiedEmails };
  }

  /** Addresses in the organization's verified domains, by node id; people without a profile are left out. */
  async verifiedEmails(org: string, nodeIds: string[]): Promise<Map<string, string[]>> {
    const all = new Map<string, string[]>();
    for (let begin = 0; begin < nodeIds.length; ) {
      const asked = await this.idsAtOnce.ask(({ ids }, leaves) => {
        const some = nodeIds.slice(begin, begin + ids);
        return this.transport.send(
          async (octokit, request) => {
            const asked = octokit.graphql(VERIFIED_EMAILS, { org, ids: some, request });
            return { some, ...check(verifiedEmailsAnswer, await asked.catch(exceptMissing)) };
          },
          { resource: 'graphql', leaves },
        );
      });
      addEmails(all, asked.some, asked.nodes);
      begin += asked.some.length;
    }
    return all;
  }

  private async askAbout(
    { id, login }: PinnedOrganization,
    some: IdentitySubject[],
    { withEmails, leaves }: { withEmails: boolean; leaves: Leaves },
  ) {
    const logins = some.map((one, i) => [`login${i}`, one.login]);
    const ids = some.map(({ nodeId }) => nodeId);
    const variables = { org: login, ...Object.fromEntries(logins), ...(withEmails && { ids }) };
    const query = identitiesOfPeople(some.length, withEmails ? EMAILS : '');
    const { organization, nodes = [] } = await this.transport.send(
      async (octokit, request) => {
        const asked = octokit.graphql(query, { ...variables, request });
        return check(identitiesOfPeopleAnswer, await asked.catch(exceptMissing));
      },
      { resource: 'graphql', leaves },
    );
    requireSame({ id, login }, organization);
    return { some: ids, nodes, provider: organization.samlIdentityProvider };
  }
}

/** @param nodeIds in the order of the nodes, of which there may be none at all */
function addEmails(all: Map<string, string[]>, nodeIds: string[], nodes: EmailNode[]): void {
  if (nodes.length > 0 && nodes.length !== nodeIds.length)
    throw invalidAnswer('GitHub did not return all requested people.');
  for (const [i, node] of nodes.entries())
    if (node && 'organizationVerifiedDomainEmails' in node)
      all.set(nodeIds[i] ?? '', node.organizationVerifiedDomainEmails);
}

/** @throws GithubFailure if another organization has the login now */
function requireSame(
  { id, login }: PinnedOrganization,
  { databaseId }: { databaseId: number | null },
): void {
  if (databaseId !== null && databaseId !== id) throw organizationReplaced(login);
}
