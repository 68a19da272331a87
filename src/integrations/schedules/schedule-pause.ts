import type { GithubIntegration } from '../connections/github-integration.entity.js';
import type { MemberSyncRun } from '../runs/member-sync-run.entity.js';

/**
 * Refusals of the credential itself, and one that cannot be read. Those that an owner mends at GitHub, such as an IP allow list, an App to approve or
 * single sign-on, pause nothing: the next sync finds them mended.
 */
const REFUSALS = new Set([
  'bad_credentials',
  'classic_token_forbidden',
  'token_lifetime_forbidden',
  'account_suspended',
  'credential_unreadable',
]);

/**
 * Whether a schedule waits for an admin: GitHub refused the credential in the latest run that asked it, and neither it nor
 * a setting was changed since. Asking again and again would only bring the account into disrepute with GitHub.
 */
export const isPaused = (
  { updatedAt }: GithubIntegration,
  latest: Pick<MemberSyncRun, 'errorCode' | 'finishedAt'> | null,
): boolean =>
  latest !== null &&
  REFUSALS.has(latest.errorCode ?? '') &&
  latest.finishedAt !== null &&
  updatedAt <= latest.finishedAt;
