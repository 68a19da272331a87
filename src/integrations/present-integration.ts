import type { GithubIntegration } from './github-integration.entity.js';
import { scheduleOf } from './schedules/integration-schedules.service.js';

/** An integration as the command line shows it. */
export const presentIntegration = (integration: GithubIntegration) => ({
  id: integration.id,
  organizationLogin: integration.organizationLogin,
  organizationId: integration.organizationId,
  apiUrl: integration.apiUrl,
});

/** An integration with the five fields of its member sync, as the API shows it. */
export const presentIntegrationStatus = (integration: GithubIntegration) => ({
  ...presentIntegration(integration),
  publicOnly: integration.publicOnly,
  schedule: scheduleOf(integration),
  nextSyncAt: integration.nextSyncAt?.toISOString() ?? null,
  memberSyncStatus: integration.memberSyncStatus,
  memberSyncStartedAt: integration.memberSyncStartedAt?.toISOString() ?? null,
  memberSyncCompletedAt: integration.memberSyncCompletedAt?.toISOString() ?? null,
  memberSyncError: integration.memberSyncError,
  memberSyncResult: integration.memberSyncResult,
});
