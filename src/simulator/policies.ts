import { type Answer, asText, json, problem } from './answer.js';

/** Why GitHub refuses a credential that has every right. */
export type Policy =
  | 'ipAllowList'
  | 'classicTokens'
  | 'tokenLifetime'
  | 'oauthApps'
  | 'suspendedAccount';

/** The words of GitHub, as public issues quote them. */
const MESSAGES: Readonly<Record<Policy, string>> = {
  ipAllowList:
    'Although you appear to have the correct authorization credentials, the `acme` organization has an IP allow list enabled, and your IP address is not permitted to access this resource.',
  classicTokens:
    '`acme` forbids access via a personal access token (classic). Please use a GitHub App, OAuth App, or a personal access token with fine-grained permissions.',
  tokenLifetime:
    "The 'acme' organization forbids access via a fine-grained personal access tokens if the token's lifetime is greater than 366 days. Please adjust your token's lifetime at the following URL: https://github.com/settings/personal-access-tokens/12885303",
  oauthApps:
    'Although you appear to have the correct authorization credentials, the `acme` organization has enabled OAuth App access restrictions, meaning that data access to third-parties is limited. For more information on these restrictions, including how to enable this app, visit https://docs.github.com/articles/restricting-access-to-your-organization-s-data/',
  suspendedAccount: 'Sorry. Your account was suspended.',
};

/** How REST refuses. @param message in other words than GitHub's usual ones */
export const restRefusal = (policy: Policy, message = MESSAGES[policy]): Answer =>
  problem(403, message);

/** How GraphQL refuses: with status 200, null in place of what was asked for, and an error for each. */
export function graphqlRefusal(answer: Answer, policy: Policy, message = MESSAGES[policy]): Answer {
  const { data } = JSON.parse(asText(answer).body ?? '{}') as { data?: Record<string, unknown> };
  const refused = Object.entries(data ?? {}).map(([field, value]) => refusedField(field, value));
  const errors = refused.flatMap(({ paths }) =>
    paths.map((path) => ({ type: 'FORBIDDEN', path, message })),
  );
  const nulls = Object.fromEntries(refused.map(({ field, value }) => [field, value]));
  return { ...answer, ...json({ data: nulls, errors }, { ...answer.headers }) };
}

/** A list keeps its length: its places may be null, and it may not. */
const refusedField = (field: string, value: unknown) =>
  Array.isArray(value)
    ? { field, value: value.map(() => null), paths: value.map((_, i) => [field, i]) }
    : { field, value: null, paths: [[field]] };
