import { type MemberSyncRun, numberOf } from '../integrations/runs/member-sync-run.entity.js';
import { type RunSummary, runSummary } from '../integrations/runs/run-summary.js';
import { heldCounts } from '../integrations/runs/sync-counts.js';
import { number } from '../platform/number.js';
import { printError } from '../platform/process/output.js';
import { printable } from '../platform/process/printable.js';
import { FAILED, HELD } from './outcome.js';

/** Prints the problems of a finished run on stderr. Returns the exit code. */
export function reportRun({ state, result, ...run }: MemberSyncRun): number {
  if (state !== 'complete') {
    const why = [run.errorMessage, run.errorRemedy].filter(Boolean).join(' ');
    const open = `Stopped watching. Run ${numberOf(run)} continues in the background.`;
    printError(`rollcall: ${printable(run.finishedAt ? why : open)}`);
    return FAILED;
  }
  const held = heldCounts(result);
  if (held.all === 0) return 0;
  printError(
    `rollcall: ${number(held.all)} removals are held because they are above the removal limit. An admin must approve or reject them on the page of run ${numberOf(run)}.`,
  );
  return HELD;
}

/** What the run did, in the words of the pages: `12 joined, 3 left; 2,484 unchanged`. */
export function summaryText(run: MemberSyncRun): string {
  const summary = runSummary(run.result, run);
  if (!summary) return '';
  const texts = (parts: RunSummary['rest']) =>
    parts.map(({ count, words }) => `${number(count)} ${words}`).join(', ');
  return [texts(summary.changes), texts(summary.rest)].filter(Boolean).join('; ');
}

/** The size of the organization, and what the run did, as a sentence. */
export function outcomeText(organization: string, run: MemberSyncRun): string {
  const said = summaryText(run);
  if (run.scope === 'people') {
    const people = run.result?.total ?? 0;
    const looked = `${number(people)} ${people === 1 ? 'person' : 'people'} of ${organization} looked at`;
    return `${looked}${said && `: ${said}`}.`;
  }
  return `${organization} has ${number(run.result?.total ?? 0)} members${said && `: ${said}`}.`;
}
