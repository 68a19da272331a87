import { check } from '../errors/github-answers.js';
import {
  type IdentitiesPage,
  identitiesAnswer,
  verifiedEmailsAnswer,
} from '../errors/identity-answers.js';
import { invalidAnswer } from '../errors/invalid-answer.js';
import { exceptMissing } from '../errors/missing-people.js';
import { organizationReplaced } from '../errors/organization-failures.js';
import type { PinnedOrganization } from '../organization.js';
import { AdaptivePageSize } from './adaptive-page-size.js';
import type { GithubTransport } from './github-transport.js';

/** GitHub's most on one page, and of ids in one query. */
const MAX_PAGE = 100;

const IDENTITIES = `query($org: String!, $identities: Int!, $cursor: String) {
  organization(login: $org) { databaseId samlIdentityProvider {
    externalIdentities(first: $identities, after: $cursor, membersOnly: true) {
      totalCount
      nodes {
        guid user { id databaseId login }
        samlIdentity { nameId username emails { value } }
        scimIdentity { username emails { value } }
      }
      pageInfo { hasNextPage endCursor }
    }
  } }
}`;

const VERIFIED_EMAILS = `query($org: String!, $ids: [ID!]!) {
  nodes(ids: $ids) { ... on User { organizationVerifiedDomainEmails(login: $org) } }
}`;

/** Questions about who people are at work. Every method throws GithubFailure. */
export class IdentityQuestions {
  private readonly pages: AdaptivePageSize<'identities'>;
  private readonly idsAtOnce: AdaptivePageSize<'ids'>;

  constructor(private readonly transport: GithubTransport) {
    const { patience } = transport;
    this.pages = new AdaptivePageSize({ identities: MAX_PAGE }, { identities: MAX_PAGE }, patience);
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
        { resource: 'graphql', leaves },
      ),
    );
    const { databaseId, samlIdentityProvider } = organization;
    if (databaseId !== null && databaseId !== id) throw organizationReplaced(login);
    return samlIdentityProvider?.externalIdentities ?? null;
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
      const { some, nodes } = asked;
      if (nodes.length !== some.length)
        throw invalidAnswer('GitHub did not return all requested people.');
      for (const [i, node] of nodes.entries())
        if (node && 'organizationVerifiedDomainEmails' in node)
          all.set(some[i] ?? '', node.organizationVerifiedDomainEmails);
      begin += some.length;
    }
    return all;
  }
}
