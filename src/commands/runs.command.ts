import { type MemberSyncRun, numberOf } from '../integrations/runs/member-sync-run.entity.js';
import { MemberSyncRuns } from '../integrations/runs/member-sync-runs.js';
import { type PresentedRun, presentRun } from '../integrations/runs/present-run.js';
import { jsonArray } from '../platform/json.js';
import { print } from '../platform/process/output.js';
import { localTime } from './local-time.js';
import { integrationOf, type OneShotOptions, withApp } from './one-shot.js';
import { summaryText } from './run-outcome.js';
import { tableLines } from './table.js';

/** The most runs read at once. */
const RUNS_PER_PAGE = 200;

export async function runs(organization: string, options: OneShotOptions): Promise<void> {
  await withApp(async (app) => {
    const { id } = await integrationOf(app, organization, options.team);
    const all = () => everyRun(app.get(MemberSyncRuns), id);
    const texts = options.json
      ? jsonArray(presented(all()))
      : tableLines(HEADER, () => rows(all()));
    for await (const text of texts) await print(text);
  });
}

async function* everyRun(runs: MemberSyncRuns, integrationId: number) {
  let before: number | undefined;
  do {
    const page = await runs.list(integrationId, { limit: RUNS_PER_PAGE, before });
    yield* page;
    before = page.length === RUNS_PER_PAGE ? page.at(-1)?.id : undefined;
  } while (before);
}

async function* presented(runs: AsyncIterable<MemberSyncRun>): AsyncGenerator<PresentedRun> {
  for await (const run of runs) yield presentRun(run);
}

const HEADER = ['RUN', 'STATE', 'TRIGGER', 'STARTED', 'FINISHED', 'RESULT'];

async function* rows(runs: AsyncIterable<MemberSyncRun>) {
  for await (const run of runs) {
    const { state, trigger, startedAt, finishedAt, errorMessage } = run;
    const times = [startedAt, finishedAt].map((at) => at && localTime(at));
    yield [numberOf(run), state, trigger, ...times, errorMessage ?? summaryText(run)];
  }
}
