import { GraphqlResponseError } from '@octokit/graphql';

/**
 * The data of a query for people by their node ids. Partial data with errors is incomplete, unless each error is about
 * one person without a profile.
 */
export function exceptMissing(error: unknown): unknown {
  if (!(error instanceof GraphqlResponseError) || !error.data) throw error;
  const errors = (error.errors ?? []) as { type?: string; path?: unknown[] }[];
  if (errors.every(isMissingPerson)) return error.data;
  throw error;
}

const isMissingPerson = ({ type, path }: { type?: string; path?: unknown[] }): boolean =>
  type === 'NOT_FOUND' && path?.length === 2 && path[0] === 'nodes';
