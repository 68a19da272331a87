import { GithubFailure } from './github-failure.js';
import { webAddress } from './web-address.js';

/** GitHub, or the network to it, is down. @param url of the request */
export const unavailable = (message: string, url: string, cause?: unknown) =>
  new GithubFailure(
    'github_unavailable',
    message,
    `No data was lost. Try again in a few minutes; ${whoKnows(new URL(webAddress(url)).host)}`,
    { cause },
  );

const whoKnows = (host: string): string =>
  host === 'github.com' ? 'see www.githubstatus.com.' : `ask the administrator of ${host}.`;

/** Whether our own time-out ended the request: Octokit throws the reason, or wraps it. */
export const isTimeOut = (error: unknown): boolean =>
  error instanceof Error && (error.name === 'TimeoutError' || isTimeOut(error.cause));
