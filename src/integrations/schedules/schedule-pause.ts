import type { GithubIntegration } from '../github-integration.entity.js';
import type { MemberSyncRun } from '../member-sync-run.entity.js';

/**
 * Whether a schedule waits for an admin: GitHub refused the credential in the latest run that asked it, and neither it nor
 * a setting was changed since. Asking again and again would only bring the account into disrepute with GitHub.
 */
export const isPaused = (
  { updatedAt }: GithubIntegration,
  latest: Pick<MemberSyncRun, 'errorCode' | 'finishedAt'> | null,
): boolean =>
  latest?.errorCode === 'bad_credentials' &&
  latest.finishedAt !== null &&
  updatedAt <= latest.finishedAt;
