import { type MemberSyncRun, numberOf } from '../integrations/runs/member-sync-run.entity.js';
import type { SyncCounts } from '../integrations/runs/sync-counts.js';
import { printError } from '../platform/process/output.js';
import { printable } from '../platform/process/printable.js';
import { number } from './number.js';
import { FAILED, HELD } from './outcome.js';

/** Prints the problems of a finished run on stderr. Returns the exit code. */
export function reportRun({ state, result, ...run }: MemberSyncRun): number {
  if (state !== 'complete') {
    const why = [run.errorMessage, run.errorRemedy].filter(Boolean).join(' ');
    const open = `Stopped watching. Run ${numberOf(run)} continues in the background.`;
    printError(`rollcall: ${printable(run.finishedAt ? why : open)}`);
    return FAILED;
  }
  if (!result?.held) return 0;
  printError(
    `rollcall: ${number(result.held)} removals are held because they are above the removal limit. An admin must approve or reject them on the page of run ${numberOf(run)}.`,
  );
  return HELD;
}

/** The counts as a sentence. */
export function countsText(organization: string, counts: SyncCounts): string {
  const { total, created, updated, unchanged, failed, deactivated, reactivated, held } = counts;
  const parts = [
    [created, 'new'],
    [updated, 'changed'],
    [unchanged, 'unchanged'],
    [failed, 'failed'],
    [deactivated, 'left'],
    [reactivated, 'returned'],
    [held, 'held'],
  ] as const;
  const said = parts.filter(([people]) => people > 0).map(([n, what]) => `${number(n)} ${what}`);
  return `${organization} has ${number(total)} members${said.length > 0 ? `: ${said.join(', ')}` : ''}.`;
}
