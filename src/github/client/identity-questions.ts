import { check } from '../errors/github-answers.js';
import {
  type IdentitiesPage,
  identitiesAnswer,
  identitiesOfPeopleAnswer,
  verifiedEmailsAnswer,
} from '../errors/identity-answers.js';
import { exceptMissing } from '../errors/missing-people.js';
import { organizationReplaced } from '../errors/organization-failures.js';
import type { PinnedOrganization } from '../organization.js';
import { AdaptivePageSize, type Leaves } from './adaptive-page-size.js';
import type { GithubTransport } from './github-transport.js';
import {
  type AskedPeople,
  EMAILS,
  emailsIn,
  IDENTITY,
  type IdentitySubject,
  identitiesIn,
  identityQuery,
  loginVariables,
} from './identity-query.js';

/** GitHub's most on one page, and of ids in one query. */
const MAX_PAGE = 100;

/** People in the first query about them: GitHub may refuse many lists in one. */
const FIRST_PEOPLE = 25;

const IDENTITIES = `query($org: String!, $identities: Int!, $cursor: String) {
  organization(login: $org) { databaseId samlIdentityProvider {
    externalIdentities(first: $identities, after: $cursor, membersOnly: true) {
      totalCount nodes { ${IDENTITY} } pageInfo { hasNextPage endCursor }
    }
  } }
}`;

const EMAILS_OF = `nodes(ids: $ids) { ... on User { ${EMAILS} } }`;

const VERIFIED_EMAILS = `query($org: String!, $ids: [ID!]!) { ${EMAILS_OF} }`;

function identitiesOfPeople(people: number, withEmails: boolean): string {
  const { variables, fields, fragment } = identityQuery(people);
  const [ids, emails] = withEmails ? ['$ids: [ID!]!, ', EMAILS_OF] : ['', ''];
  return `query($org: String!, ${ids}${variables}) { ${emails} ${fields} } ${fragment}`;
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
        { resource: 'graphql', leaves, isAwaited: true },
      ),
    );
    requireSame({ id, login }, organization);
    return organization.samlIdentityProvider?.externalIdentities ?? null;
  }

  /**
   * Those of people by login, in as many questions as GitHub needs.
   * @param withEmails whether to ask for their verified addresses too, which others may see
   * @param note gets each answer
   */
  async ofPeople(
    organization: PinnedOrganization,
    people: IdentitySubject[],
    withEmails: boolean,
    note: (asked: IdentitySubject[], found: AskedPeople) => void,
  ): Promise<void> {
    for (let begin = 0; begin < people.length; ) {
      begin += await this.loginsAtOnce.ask(async (size, leaves) => {
        const some = people.slice(begin, begin + size.people);
        note(some, await this.askAbout(organization, some, { withEmails, leaves }));
        return some.length;
      });
    }
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
      for (const [nodeId, emails] of emailsIn(asked.some, asked.nodes)) all.set(nodeId, emails);
      begin += asked.some.length;
    }
    return all;
  }

  private async askAbout(
    { id, login }: PinnedOrganization,
    some: IdentitySubject[],
    { withEmails, leaves }: { withEmails: boolean; leaves: Leaves },
  ): Promise<AskedPeople> {
    const ids = some.map(({ nodeId }) => nodeId);
    const logins = loginVariables(some.map((one) => one.login));
    const variables = { org: login, ...logins, ...(withEmails && { ids }) };
    const query = identitiesOfPeople(some.length, withEmails);
    const { organization, nodes = [] } = await this.transport.send(
      async (octokit, request) => {
        const asked = octokit.graphql(query, { ...variables, request });
        return check(identitiesOfPeopleAnswer, await asked.catch(exceptMissing));
      },
      { resource: 'graphql', leaves },
    );
    requireSame({ id, login }, organization);
    const { samlIdentityProvider } = organization;
    return {
      identities: identitiesIn(samlIdentityProvider),
      verifiedEmails: emailsIn(ids, nodes),
    };
  }
}

/** @throws GithubFailure if another organization has the login now */
function requireSame(
  { id, login }: PinnedOrganization,
  { databaseId }: { databaseId: number | null },
): void {
  if (databaseId !== null && databaseId !== id) throw organizationReplaced(login);
}
