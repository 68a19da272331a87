import type { GithubIntegration } from '../connections/github-integration.entity.js';
import type { MemberSyncRun } from '../runs/member-sync-run.entity.js';

/**
 * Refusals of the credential itself, and an unreadable credential. Refusals that an owner can end at GitHub, such as an
 * IP allow list, an App to approve or single sign-on, do not pause: the next sync may succeed.
 */
const REFUSALS = new Set([
  'bad_credentials',
  'classic_token_forbidden',
  'token_lifetime_forbidden',
  'account_suspended',
  'credential_unreadable',
]);

/**
 * Whether a schedule waits for an admin: GitHub refused the credential in the latest run that asked it, and neither the
 * credential nor a setting was changed since. More refused requests could harm the account at GitHub.
 */
export const isPaused = (
  { updatedAt }: GithubIntegration,
  latest: Pick<MemberSyncRun, 'errorCode' | 'finishedAt'> | null,
): boolean =>
  latest !== null &&
  REFUSALS.has(latest.errorCode ?? '') &&
  latest.finishedAt !== null &&
  updatedAt <= latest.finishedAt;
