import type { KnownCredential } from '../../integrations/connections/credential-healths.js';
import type { GithubIntegration } from '../../integrations/connections/github-integration.entity.js';
import type { MemberSyncRun } from '../../integrations/runs/member-sync-run.entity.js';
import { memberSyncStatus } from '../../integrations/runs/member-sync-status.js';
import { scheduleOf } from '../../integrations/schedules/integration-schedules.js';
import { isPaused } from '../../integrations/schedules/schedule-pause.js';
import type { MemberStatus } from '../../members/member.entity.js';
import { credentialView } from '../shared/credential-view.js';
import type { presentOrganization } from '../shared/present-organization.js';
import { scheduleWords } from '../shared/schedule-words.js';

interface Known {
  counts: Record<MemberStatus, number>;
  latest: MemberSyncRun | null;
  /** The latest run that sent requests to GitHub. */
  asked: MemberSyncRun | null;
  credential: KnownCredential | null;
}

/** The card of an organization: its state, and what needs attention. */
export function organizationCard(
  integration: GithubIntegration,
  { counts, latest, asked, credential: known }: Known,
) {
  const { status, failure, cancellation, held, activity } = memberSyncStatus(integration, latest);
  const credential = known && credentialView(known, asked);
  const paused = integration.nextSyncAt !== null && isPaused(integration, asked);
  const wantsEyes = failure || held || credential?.isError;
  return {
    counts,
    status,
    activity,
    cancellation,
    failure: failure && { ...failure, runId: latest?.id },
    held,
    credential,
    schedule: scheduleWords(scheduleOf(integration)),
    isPaused: paused,
    group: groupOf(integration, Boolean(wantsEyes || credential?.isWarning)),
  };
}

export type OrganizationCard = Omit<ReturnType<typeof presentOrganization>, 'status'> &
  ReturnType<typeof organizationCard>;

function groupOf({ disconnectedAt }: GithubIntegration, needsAttention: boolean) {
  if (disconnectedAt) return 'disconnected';
  return needsAttention ? 'attention' : 'connected';
}
