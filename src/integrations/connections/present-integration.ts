import { scheduleOf } from '../schedules/integration-schedules.js';
import type { KnownCredential } from './credential-healths.js';
import type { GithubIntegration } from './github-integration.entity.js';

/** An integration as the command line shows it. */
export const presentIntegration = (integration: GithubIntegration) => ({
  id: integration.id,
  organizationLogin: integration.organizationLogin,
  organizationId: integration.organizationId,
  apiUrl: integration.apiUrl,
});

/** An integration with its credential and the five fields of its member sync, as the API shows it. */
export const presentIntegrationStatus = (
  integration: GithubIntegration,
  credential: KnownCredential | null,
) => ({
  ...presentIntegration(integration),
  publicOnly: integration.publicOnly,
  disconnectedAt: integration.disconnectedAt?.toISOString() ?? null,
  credential: credential && presentCredential(credential),
  schedule: scheduleOf(integration),
  nextSyncAt: integration.nextSyncAt?.toISOString() ?? null,
  memberSyncStatus: integration.memberSyncStatus,
  memberSyncStartedAt: integration.memberSyncStartedAt?.toISOString() ?? null,
  memberSyncCompletedAt: integration.memberSyncCompletedAt?.toISOString() ?? null,
  memberSyncError: integration.memberSyncError,
  memberSyncResult: integration.memberSyncResult,
});

const presentCredential = ({ kind, expiresAt, sees, checkedAt }: KnownCredential) => ({
  kind,
  expiresAt: expiresAt?.toISOString() ?? null,
  sees,
  checkedAt: checkedAt?.toISOString() ?? null,
});
