import type { INestApplicationContext } from '@nestjs/common';
import type { GithubIntegration } from '../integrations/connections/github-integration.entity.js';
import { MemberSyncCancellation } from '../integrations/runs/member-sync-cancellation.js';
import { MemberSyncRequests } from '../integrations/runs/member-sync-requests.js';
import type { MemberSyncRun } from '../integrations/runs/member-sync-run.entity.js';
import { presentRun } from '../integrations/runs/present-run.js';
import { json } from '../platform/json.js';
import { print } from '../platform/process/output.js';
import { PublicError } from '../platform/public-error.js';
import { followRun } from './follow-run.js';
import { onInterrupt } from './interrupt.js';
import { integrationOf, type OneShotOptions, withApp } from './one-shot.js';
import { ProgressBar } from './progress-bar.js';
import { outcomeText, reportRun } from './run-outcome.js';

/** How often a run of others may come before the one for the people who were named. */
const MAX_RUNS_OF_OTHERS = 3;

interface SyncOptions extends OneShotOptions {
  /** The people to sync; everybody where undefined. */
  login?: string[];
}

export async function sync(organization: string, options: SyncOptions): Promise<void> {
  process.exitCode = await withApp(async (app) => {
    const integration = await integrationOf(app, organization, options.team);
    return syncMembers(app, integration, options);
  });
}

/** Syncs, and shows the progress. Prints the run after success and failure. Returns the exit code. */
export async function syncMembers(
  app: INestApplicationContext,
  integration: GithubIntegration,
  options: { json?: boolean; login?: string[] },
): Promise<number> {
  const { id, teamId, organizationLogin } = integration;
  const people = options.login?.map((login) => ({ login }));
  const request = { integrationId: id, trigger: 'cli', requestedBy: null } as const;
  const ask = () => app.get(MemberSyncRequests).open(request, people);
  let { run, isNew } = await ask();
  const stop = new AbortController();
  const stopListening = onInterrupt(() => (isNew ? cancel(app, run) : stop.abort()));
  let bar: ProgressBar | undefined;
  let seen = run;
  const show = (now: MemberSyncRun) => {
    seen = now;
    bar?.show(now);
  };
  try {
    for (let others = 1; ; others++) {
      bar = new ProgressBar(`${isNew ? 'Syncing' : 'Following the sync of'} ${organizationLogin}`);
      await followRun(app, { teamId, runId: run.id }, { show, signal: stop.signal });
      const isWanted = isNew || (!people && run.scope === 'everybody');
      if (isWanted || stop.signal.aborted || others > MAX_RUNS_OF_OTHERS) break;
      bar.end();
      ({ run, isNew } = await ask());
    }
  } finally {
    stopListening();
    bar?.end();
    await printRun(seen, organizationLogin, options);
  }
  return reportRun(seen);
}

async function printRun(
  run: MemberSyncRun,
  organization: string,
  { json: asJson }: { json?: boolean },
) {
  if (asJson) await print(json({ run: presentRun(run) }));
  else if (run.result) await print(`${outcomeText(organization, run)}\n`);
}

/** The next read of the run shows its end. */
async function cancel(app: INestApplicationContext, run: MemberSyncRun): Promise<void> {
  await app
    .get(MemberSyncCancellation)
    .cancel(run, 'Ctrl-C on the command line')
    .catch((error: unknown) => {
      // The run has ended, or is about to end.
      const isEnd =
        error instanceof PublicError && ['run_finished', 'run_ending'].includes(error.code);
      if (!isEnd) throw error;
    });
}
