import { createAppAuth } from '@octokit/auth-app';
import type { GithubApp } from '../../config/github-config.js';
import { GithubFailure } from '../errors/github-failure.js';
import type { GithubCredential } from './github-credential.js';

/** Octokit's options for the credential. Octokit itself fetches and renews an installation's tokens. */
export function authentication(
  credential: GithubCredential,
  app: GithubApp | undefined,
): { auth: unknown; authStrategy?: typeof createAppAuth } {
  if (credential.kind === 'token') return { auth: credential.token };
  if (!app) throw appNotConfigured();
  const { id: appId, privateKey } = app;
  const installation =
    credential.kind === 'installation' ? { installationId: credential.installationId } : {};
  return { authStrategy: createAppAuth, auth: { appId, privateKey, ...installation } };
}

const appNotConfigured = () =>
  new GithubFailure(
    'bad_credentials',
    'The organization is connected through a GitHub App, but this server is no longer configured for it.',
    'Ask the operator to set GITHUB_APP_ID and GITHUB_APP_PRIVATE_KEY for GITHUB_API_URL, or connect the organization again.',
  );
