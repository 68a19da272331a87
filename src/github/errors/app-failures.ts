import type { RequestError } from '@octokit/request-error';
import type { Installation } from './github-answers.js';
import { GithubFailure } from './github-failure.js';
import { serverText } from './server-text.js';

/** The meaning of GitHub's refusal of the App itself or its installation; undefined for other refusals. */
export function appFailure(error: RequestError): GithubFailure | undefined {
  // Also for a token from before the suspension.
  if (error.status === 403 && /installation has been suspended/i.test(serverText(error.message)))
    return installationSuspended(undefined, error);
  const { pathname } = new URL(error.request.url);
  const isAboutHook = /^(\/api\/v3)?\/app\/hook\//.test(pathname);
  if (isAboutHook && error.status === 401) return appKeyRefused(error);
  if (!/^(\/api\/v3)?\/app(\/installations\/\d+(\/access_tokens)?)?$/.test(pathname))
    return undefined;
  if (error.status === 401) return appKeyRefused(error);
  return error.status === 404 ? notInstalled(undefined, error) : undefined;
}

/** Why an installation cannot read members, and where an owner can change it; undefined if it can. */
export function installationProblem(installation: Installation): GithubFailure | undefined {
  const { html_url: link, permissions, suspended_at } = installation;
  if (suspended_at) return installationSuspended(link);
  return permissions.members ? undefined : installationLacksMembers(link);
}

const appKeyRefused = (cause: unknown) =>
  new GithubFailure(
    'bad_credentials',
    'GitHub rejected the private key of the GitHub App.',
    'Ask the operator to create a new private key in the App settings, and to set GITHUB_APP_PRIVATE_KEY and GITHUB_APP_ID.',
    { cause },
  );

/** @param link to install it */
export const notInstalled = (link?: string, cause?: unknown) =>
  new GithubFailure(
    'bad_credentials',
    'The GitHub App is not installed in the organization.',
    `Install it${link ? ` at ${link}` : ' again'}, then connect the organization again with GitHub.`,
    { cause },
  );

/** @param link to the installation's settings */
const installationSuspended = (link?: string, cause?: unknown) =>
  new GithubFailure(
    'missing_permission',
    'The installation of the GitHub App is suspended.',
    `An owner of the organization can end the suspension ${link ? `at ${link}` : 'in its settings under GitHub Apps'}. Then sync again.`,
    { cause },
  );

const installationLacksMembers = (link: string) =>
  new GithubFailure(
    'missing_permission',
    "The GitHub App installation does not have permission to read the organization's members.",
    `Give the App the organization permission "Members: read" in its settings. An owner of the organization must then accept it at ${link}.`,
  );

/** The installation is another organization's, and would see only public members of this one. */
export const installedElsewhere = (login: string) =>
  new GithubFailure(
    'visibility_reduced',
    `The installation of the GitHub App does not belong to ${login}. Nobody was removed.`,
    'Connect the organization again with GitHub.',
  );
