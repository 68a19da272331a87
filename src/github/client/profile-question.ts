import { GraphqlResponseError } from '@octokit/graphql';
import { GithubFailure } from '../errors/github-failure.js';
import { identitiesBesideAnswer } from '../errors/identity-answers.js';
import type { PinnedOrganization } from '../organization.js';
import {
  type AskedPeople,
  EMAILS,
  emailsIn,
  type IdentitySubject,
  identitiesIn,
  identityQuery,
  loginVariables,
} from './identity-query.js';

/** What is asked of who people are at work. */
export interface IdentityFields {
  /** Identities of single sign-on. */
  identities: boolean;
  /** Addresses in the organization's verified domains. */
  verifiedEmails: boolean;
}

export interface ProfileQuestion {
  query: string;
  variables: { ids: string[]; [name: string]: unknown };
  /** What the answer says of who the people are at work; undefined where it makes no sense. */
  identitiesOf: ((answer: unknown) => AskedPeople | undefined) | undefined;
}

interface Beside {
  identities: { organization: PinnedOrganization; fields: IdentityFields | undefined };
  people: IdentitySubject[];
}

/** Profiles of people by node id, and where it is asked for, who they are at work. */
export function profileQuestion(
  ids: string[],
  { email, asksSuspension }: { email: boolean; asksSuspension: boolean },
  beside: Beside | undefined,
): ProfileQuestion {
  // Only an Enterprise Server's schema has `suspendedAt`; elsewhere it makes the whole query invalid.
  const suspension = asksSuspension ? 'suspendedAt' : '';
  const { identities = false, verifiedEmails = false } = beside?.identities.fields ?? {};
  const people = beside?.people ?? [];
  const asked = identities ? identityQuery(people.length) : NOTHING;
  const org = beside ? `, $org: String!, ${asked.variables}` : '';
  const query = `query($ids: [ID!]!, $email: Boolean!${org}) {
  nodes(ids: $ids) { ... on User {
    id login name email @include(if: $email) avatarUrl ${suspension} ${verifiedEmails ? EMAILS : ''}
  } }
  ${asked.fields}
} ${asked.fragment}`;
  if (!beside) return { query, variables: { ids, email }, identitiesOf: undefined };
  const { organization } = beside.identities;
  const logins = identities ? loginVariables(people.map(({ login }) => login)) : {};
  const variables = { ids, email, org: organization.login, ...logins };
  return { query, variables, identitiesOf: (answer) => found(answer, ids, organization) };
}

const NOTHING = { variables: '', fields: '', fragment: '' };

function found(
  answer: unknown,
  ids: string[],
  { id }: PinnedOrganization,
): AskedPeople | undefined {
  const read = identitiesBesideAnswer.safeParse(answer).data;
  const actualId = read?.organization?.databaseId ?? id;
  if (!read || actualId !== id) return undefined;
  const { organization, nodes } = read;
  return {
    identities: organization && identitiesIn(organization.samlIdentityProvider),
    verifiedEmails: emailsIn(ids, nodes),
  };
}

/** Whether a question failed, or may have failed, for what it asks beside the profiles. */
export function isOfIdentities(failure: unknown): boolean {
  if (!(failure instanceof GithubFailure)) return false;
  if (failure.isPassing) return true;
  if (!(failure.cause instanceof GraphqlResponseError))
    return failure.code === 'missing_permission';
  const errors = (failure.cause.errors ?? []) as { type?: string; path?: unknown[] }[];
  return errors.some(
    ({ type, path = [] }) =>
      type === 'INSUFFICIENT_SCOPES' ||
      path[0] === 'organization' ||
      path.includes('organizationVerifiedDomainEmails'),
  );
}
