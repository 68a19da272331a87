import { setTimeout as delay } from 'node:timers/promises';
import type { INestApplicationContext } from '@nestjs/common';
import { MemberSyncRunner } from '../integrations/member-sync/member-sync-runner.js';
import type { MemberSyncRun } from '../integrations/runs/member-sync-run.entity.js';
import { MemberSyncRuns } from '../integrations/runs/member-sync-runs.js';
import { CommandError } from '../platform/process/command-error.js';

/** How often the run is read, in ms: only the database knows of all workers. */
const POLL_EVERY_MS = 500;

export interface Watch {
  /** Called with the run after each read. */
  show: (run: MemberSyncRun) => void;
  /** Ends the watching, not the run. */
  signal: AbortSignal;
}

/**
 * Follows a run to its end. This process executes the run where no worker has it, or its worker is gone; else it only
 * watches. Returns the run as last read.
 */
export async function followRun(
  app: INestApplicationContext,
  { teamId, runId }: { teamId: number; runId: number },
  { show, signal }: Watch,
): Promise<MemberSyncRun> {
  const [runner, runs] = [app.get(MemberSyncRunner), app.get(MemberSyncRuns)];
  let executing: Promise<unknown> | undefined;
  for (;;) {
    executing ??= runner.run(runId).finally(() => {
      executing = undefined;
    });
    await Promise.race([executing, delay(POLL_EVERY_MS, undefined, { ref: false })]);
    const run = await runs.find(teamId, runId);
    if (!run) throw removed();
    show(run);
    if (signal.aborted) return run;
    if (run.finishedAt) {
      await executing;
      return run;
    }
    // Another worker has the run.
    if (!executing) await delay(POLL_EVERY_MS);
  }
}

const removed = () =>
  new CommandError('The organization was disconnected during the run, and its runs were deleted.');
