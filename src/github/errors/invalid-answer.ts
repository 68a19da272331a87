import { GithubFailure } from './github-failure.js';

/** GitHub, or a proxy before it, sent an answer of the wrong shape. */
export const invalidAnswer = (message: string, cause?: unknown) =>
  new GithubFailure(
    'github_answer_invalid',
    message,
    'No data was lost. Try again in a few minutes. If it fails again, check the API address and any proxy.',
    { cause },
  );

/** The server at an API address is no GitHub API. */
export class NoApi extends GithubFailure {
  /** @param answered what it answered with, as in "an HTML page" */
  constructor(apiUrl: string, answered?: string, options?: ErrorOptions & { isPassing?: boolean }) {
    const why = answered ? `: it answered with ${answered}` : '';
    super(
      'github_answer_invalid',
      `${apiUrl} is probably not a GitHub API address${why}.`,
      /\/api\/v3$|^https:\/\/api\./.test(apiUrl) ? BETWEEN : FORM,
      options,
    );
  }
}

const FORM =
  'For GitHub use https://api.github.com. For a GitHub Enterprise Server use https://HOST/api/v3.';

const BETWEEN =
  'A sign-in page or a proxy may have answered instead. Allow this server to reach the API, and try again.';

/** GitHub's API answers with JSON; only a failure of the server itself may be an HTML page. */
export const isForeign = (status: number, contentType: unknown): boolean =>
  status === 406 || (status < 500 && status !== 429 && isHtml(contentType));

export const isHtml = (contentType: unknown): boolean => /^text\/html\b/i.test(String(contentType));
