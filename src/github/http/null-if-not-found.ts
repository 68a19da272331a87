import { GithubFailure } from '../errors/github-failure.js';

/** What was asked for, or null where GitHub does not find it. `ask` names the failure that a 404 is. */
export async function nullIfNotFound<T>(
  ask: (notFound: GithubFailure) => Promise<T>,
): Promise<T | null> {
  const notFound = new GithubFailure('organization_not_found', 'Not found.', '');
  return ask(notFound).catch((failure: unknown) => {
    if (failure === notFound) return null;
    throw failure;
  });
}
