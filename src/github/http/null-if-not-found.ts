import { GithubFailure } from '../errors/github-failure.js';

/** The result of `ask`, or null if GitHub does not find it. `ask` throws `notFound` for a 404. */
export async function nullIfNotFound<T>(
  ask: (notFound: GithubFailure) => Promise<T>,
): Promise<T | null> {
  const notFound = new GithubFailure('organization_not_found', 'Not found.', '');
  return ask(notFound).catch((failure: unknown) => {
    if (failure === notFound) return null;
    throw failure;
  });
}
