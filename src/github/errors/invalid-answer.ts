import { GithubFailure } from './github-failure.js';

/** GitHub, or something between, answered with what cannot be its answer. */
export const invalidAnswer = (message: string, cause?: unknown) =>
  new GithubFailure(
    'github_answer_invalid',
    message,
    'Nothing was lost. Try again in a few minutes; if it stays, check the API address and any proxy on the way.',
    { cause },
  );

/** What answers at an API address is no GitHub API. */
export class NoApi extends GithubFailure {
  /** @param answered what it answered with, as in "an HTML page" */
  constructor(apiUrl: string, answered?: string, options?: ErrorOptions & { isPassing?: boolean }) {
    const why = answered ? `: it answered with ${answered}` : '';
    super(
      'github_answer_invalid',
      `${apiUrl} does not seem to be the address of a GitHub API${why}.`,
      /\/api\/v3$|^https:\/\/api\./.test(apiUrl) ? BETWEEN : FORM,
      options,
    );
  }
}

const FORM =
  'That of a GitHub Enterprise Server ends in /api/v3, as in https://HOST/api/v3; that of GitHub is https://api.github.com.';

const BETWEEN =
  'A sign-in page or a proxy may have answered instead. Let the requests of this server through to the API, and try again.';

/** An answer of GitHub's API is JSON; what is wrong with the server itself may be told as a page. */
export const isForeign = (status: number, contentType: unknown): boolean =>
  status === 406 || (status < 500 && status !== 429 && isHtml(contentType));

export const isHtml = (contentType: unknown): boolean => /^text\/html\b/i.test(String(contentType));
