import { type Answer, json } from '../answer.js';
import { payerOf } from '../payer.js';
import { type Bucket, remainingOf } from '../rate-limits.js';
import type { RestCall } from './call.js';

const SEARCH_LIMIT = 30;

/** `GET /rate_limit`, which costs nothing. */
export function getRateLimit({ world, caller }: RestCall): Answer {
  const payer = payerOf(caller);
  const core = shown(world.limits.bucket(payer, 'core'));
  const graphql = shown(world.limits.bucket(payer, 'graphql'));
  const search = { ...core, limit: SEARCH_LIMIT, used: 0, remaining: SEARCH_LIMIT };
  return { ...json({ resources: { core, graphql, search }, rate: core }), charged: false };
}

function shown(bucket: Bucket) {
  const { limit, used, reset } = bucket;
  return { limit, used, remaining: remainingOf(bucket), reset };
}

/** `GET /`: where everything is, on this address. */
export function getRoot({ request: { base } }: RestCall): Answer {
  return json(Object.fromEntries(LINKS.map(([name, path]) => [name, base + path])));
}

const LINKS: readonly (readonly [name: string, path: string])[] = [
  ['current_user_url', '/user'],
  ['current_user_authorizations_html_url', '/settings/connections/applications{/client_id}'],
  ['authorizations_url', '/authorizations'],
  ['code_search_url', '/search/code?q={query}{&page,per_page,sort,order}'],
  ['commit_search_url', '/search/commits?q={query}{&page,per_page,sort,order}'],
  ['emails_url', '/user/emails'],
  ['emojis_url', '/emojis'],
  ['events_url', '/events'],
  ['feeds_url', '/feeds'],
  ['followers_url', '/user/followers'],
  ['following_url', '/user/following{/target}'],
  ['gists_url', '/gists{/gist_id}'],
  ['issue_search_url', '/search/issues?q={query}{&page,per_page,sort,order}'],
  ['issues_url', '/issues'],
  ['keys_url', '/user/keys'],
  ['label_search_url', '/search/labels?q={query}&repository_id={repository_id}{&page,per_page}'],
  ['notifications_url', '/notifications'],
  ['organization_url', '/orgs/{org}'],
  ['organization_repositories_url', '/orgs/{org}/repos{?type,page,per_page,sort}'],
  ['organization_teams_url', '/orgs/{org}/teams'],
  ['public_gists_url', '/gists/public'],
  ['rate_limit_url', '/rate_limit'],
  ['repository_url', '/repos/{owner}/{repo}'],
  ['repository_search_url', '/search/repositories?q={query}{&page,per_page,sort,order}'],
  ['current_user_repositories_url', '/user/repos{?type,page,per_page,sort}'],
  ['starred_url', '/user/starred{/owner}{/repo}'],
  ['starred_gists_url', '/gists/starred'],
  ['topic_search_url', '/search/topics?q={query}{&page,per_page}'],
  ['user_url', '/users/{user}'],
  ['user_organizations_url', '/user/orgs'],
  ['user_repositories_url', '/users/{user}/repos{?type,page,per_page,sort}'],
  ['user_search_url', '/search/users?q={query}{&page,per_page,sort,order}'],
];
