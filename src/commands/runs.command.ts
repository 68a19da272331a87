import { MemberSyncRuns } from '../integrations/runs/member-sync-runs.js';
import { type PresentedRun, presentRun } from '../integrations/runs/present-run.js';
import { jsonArray } from '../platform/json.js';
import { print } from '../platform/process/output.js';
import { integrationOf, type OneShotOptions, withApp } from './one-shot.js';
import { tableLines } from './table.js';

/** The most runs read at once. */
const RUNS_PER_PAGE = 200;

export async function runs(organization: string, options: OneShotOptions): Promise<void> {
  await withApp(async (app) => {
    const { id } = await integrationOf(app, organization, options.team);
    const all = () => presented(app.get(MemberSyncRuns), id);
    const texts = options.json ? jsonArray(all()) : tableLines(HEADER, () => rows(all()));
    for await (const text of texts) await print(text);
  });
}

async function* presented(runs: MemberSyncRuns, integrationId: number) {
  let before: number | undefined;
  do {
    const page = await runs.list(integrationId, { limit: RUNS_PER_PAGE, before });
    yield* page.map(presentRun);
    before = page.length === RUNS_PER_PAGE ? page.at(-1)?.id : undefined;
  } while (before);
}

const HEADER = ['RUN', 'STATE', 'TRIGGER', 'STARTED', 'FINISHED', 'RESULT'];

async function* rows(all: AsyncIterable<PresentedRun>) {
  for await (const run of all)
    yield [run.number, run.state, run.trigger, run.startedAt, run.finishedAt, did(run)];
}

const did = ({ result, error }: PresentedRun): string =>
  error?.message ??
  Object.entries(result ?? {})
    .filter(([, people]) => people > 0)
    .map(([what, people]) => `${people} ${what}`)
    .join(', ');
