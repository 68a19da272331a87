import type { INestApplicationContext } from '@nestjs/common';
import type { Command } from 'commander';
import type { GithubIntegration } from '../integrations/github-integration.entity.js';
import { MemberSyncRequests } from '../integrations/member-sync-requests.service.js';
import type { MemberSyncRun } from '../integrations/member-sync-run.entity.js';
import { presentRun } from '../integrations/present-run.js';
import { print, tell } from '../platform/process/output.js';
import { followRun } from './follow-run.js';
import { json } from './json.js';
import { integrationOf, type OneShotOptions, oneShot, withApp } from './one-shot.js';
import { FAILED } from './outcome.js';
import { ProgressBar } from './progress-bar.js';
import { countsText, reportRun } from './run-outcome.js';

export function addSync(program: Command): void {
  oneShot(program, 'sync <org>')
    .description('sync the members, and see the run to its end')
    .action(async (organization: string, options: OneShotOptions) => {
      process.exitCode = await withApp(async (app) => {
        const integration = await integrationOf(app, organization, options.team);
        return syncMembers(app, integration, options);
      });
    });
}

/** Syncs in front of the user. The run is printed whatever becomes of it. Returns the exit code. */
export async function syncMembers(
  app: INestApplicationContext,
  integration: GithubIntegration,
  options: { json?: boolean },
): Promise<number> {
  const { id, teamId, organizationLogin } = integration;
  const request = { integrationId: id, trigger: 'cli', requestedBy: null } as const;
  const { run, isNew } = await app.get(MemberSyncRequests).open(request);
  const bar = new ProgressBar(
    `${isNew ? 'Syncing' : 'Following the sync of'} ${organizationLogin}`,
  );
  let seen = run;
  const printRun = () => printOutcome(seen, organizationLogin, options);
  const stopListening = onInterrupt(() => stopWatching(seen, bar, printRun));
  try {
    seen = await followRun(app, { teamId, runId: run.id }, (now) => {
      seen = now;
      bar.show(now);
    });
  } finally {
    stopListening();
    bar.end();
    await printRun();
  }
  return reportRun(seen);
}

async function printOutcome(run: MemberSyncRun, organization: string, options: { json?: boolean }) {
  if (options.json) await print(json({ run: presentRun(run) }));
  else if (run.result) await print(`${countsText(organization, run.result)}\n`);
}

/** Leaves the run to whoever takes it over. */
async function stopWatching(
  { id }: MemberSyncRun,
  bar: ProgressBar,
  printRun: () => Promise<void>,
) {
  bar.end();
  tell(
    `rollcall: Stopped watching. Run ${id} stays unfinished, and the next sync or a server ends it.`,
  );
  await printRun();
  process.exit(FAILED);
}

function onInterrupt(act: () => Promise<unknown>): () => void {
  const once = () => void act();
  process.once('SIGINT', once).once('SIGTERM', once);
  return () => process.off('SIGINT', once).off('SIGTERM', once);
}
