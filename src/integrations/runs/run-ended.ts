import { Logger } from '@nestjs/common';
import { measured } from '../../platform/observability/observers.js';
import type { MemberSyncRun } from './member-sync-run.entity.js';

const logger = new Logger('Runs');

/** Logs and counts a run that has ended. Call it after the commit: a transaction may be tried again. */
export function tellRunEnded(run: MemberSyncRun): void {
  const { id: runId, integrationId, state, trigger, errorCode, result, changeCounts } = run;
  const seconds = lastedSeconds(run);
  measured('run_ended', seconds, { state, trigger });
  for (const [kind, people] of Object.entries(changeCounts ?? {}))
    measured('people_changed', people, { kind });
  const requests = run.githubRequests;
  const facts = { runId, integrationId, state, trigger, seconds, requests, result };
  logger.log(`Run ${runId} ended: ${state}`, { ...facts, errorCode: errorCode ?? undefined });
}

/** A run that was cancelled while it was queued has no start. */
const lastedSeconds = ({ startedAt, requestedAt, finishedAt }: MemberSyncRun): number =>
  Math.max(
    0,
    ((finishedAt ?? requestedAt).getTime() - (startedAt ?? requestedAt).getTime()) / 1000,
  );
