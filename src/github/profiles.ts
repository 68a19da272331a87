import { GraphqlResponseError } from '@octokit/graphql';
import type { Octokit } from '@octokit/rest';
import { invalidAnswer, missingPermission, unavailable } from './failure-of.js';
import { check, nodesAnswer, Profile } from './github-answers.js';
import { rateLimited } from './limit-failure.js';

/** What GitHub knows of each person asked for, by node id; somebody without a profile (suspended, deleted) is left out. */
export type Profiles = Map<string, Profile>;

const QUERY = `query($ids: [ID!]!, $email: Boolean!) {
  nodes(ids: $ids) { ... on User { id login name email @include(if: $email) avatarUrl } }
}`;

interface GraphqlError {
  type?: string;
  path?: unknown[];
  message: string;
}

export async function fetchProfiles(
  octokit: Octokit,
  ids: string[],
  { email }: { email: boolean },
  request: { signal: AbortSignal },
): Promise<Profiles> {
  const { nodes } = check(nodesAnswer, await ask(octokit, { ids, email, request }));
  if (nodes.length !== ids.length)
    throw invalidAnswer('GitHub left out some of the people asked for.');
  const profiles: Profiles = new Map();
  for (const [i, node] of nodes.entries()) if (isProfile(node)) profiles.set(ids[i] ?? '', node);
  return profiles;
}

const isProfile = (node: Profile | object | null): node is Profile => node !== null && 'id' in node;

async function ask(octokit: Octokit, variables: Record<string, unknown>): Promise<unknown> {
  try {
    return await octokit.graphql(QUERY, variables);
  } catch (error) {
    if (!(error instanceof GraphqlResponseError)) throw error;
    const errors = (error.errors ?? []) as GraphqlError[];
    if (error.data && errors.every(isMissingPerson)) return error.data;
    throw graphqlFailure(errors, error);
  }
}

/** One person without a profile; any other error makes the whole answer incomplete. */
const isMissingPerson = ({ type, path }: GraphqlError): boolean =>
  type === 'NOT_FOUND' && path?.length === 2 && path[0] === 'nodes';

function graphqlFailure(errors: GraphqlError[], cause: GraphqlResponseError<unknown>) {
  const types = new Set(errors.map(({ type }) => type));
  if (types.has('RATE_LIMITED') || types.has('RATE_LIMIT'))
    return rateLimited(cause.headers, cause);
  if (types.has('INSUFFICIENT_SCOPES')) return missingPermission('read:user, user:email', cause);
  return unavailable('GitHub could not answer a question about members.', cause);
}
