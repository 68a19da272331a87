import { type EntityManager, In, LessThanOrEqual, Not } from 'typeorm';
import { MemberChange } from '../../members/changes/member-change.entity.js';
import { subjectsOfFailed } from '../parts/named-parts.js';
import type { MemberSyncRun } from '../runs/member-sync-run.entity.js';
import { Webhook } from '../webhooks/webhook.entity.js';
import { Hint, WAITING } from './hint.entity.js';

type Run = Pick<
  MemberSyncRun,
  | 'id'
  | 'integrationId'
  | 'state'
  | 'scope'
  | 'trigger'
  | 'hintsUntil'
  | 'requestedAt'
  | 'undoesRunId'
  | 'activeBefore'
  | 'result'
>;

/** After more failed runs, a hint is dropped: a run of everybody finds what it told. */
const MAX_TRIES = 6;

/** The pause after the first failed run, in ms; it doubles with each. */
const FIRST_PAUSE_MS = 60_000;

/** In ms: hints that a cancelled run did not look at wait so long. */
const PAUSE_AFTER_CANCEL_MS = 600_000;

/** What GitHub sends deliveries about; it tells no change of a role or a profile. */
const TOLD = ['joined', 'left', 'returned'];

/**
 * Settles the hints of a run, in the transaction that ends it. A complete run has looked at them, but for those of a part
 * that failed. After an error they wait again. Somebody who cancels a run of hints does not want the next one at once.
 * @returns how many changes the run found that no hint had told; null where that says nothing
 */
export async function settleHints(manager: EntityManager, run: Run): Promise<number | null> {
  if (run.state === 'complete') {
    const missed = await missedBy(manager, run);
    const kept = await keepHintsOfFailed(manager, run);
    await manager.delete(Hint, {
      ...looked(run),
      ...(kept.length > 0 && { subject: Not(In(kept)) }),
    });
    return missed;
  }
  if (run.state === 'error') await tryAgain(manager, run);
  else if (run.trigger === 'webhook' || run.scope === 'people') await drop(manager, run);
  return null;
}

/** A run of people kept its own before. Returns the subjects of hints that wait again. */
async function keepHintsOfFailed(manager: EntityManager, run: Run): Promise<string[]> {
  const results = run.result?.parts ?? {};
  const isFailed = Object.values(results).some(({ state }) => state === 'failed');
  if (run.scope === 'people' || !isFailed) return [];
  const hints = await manager.findBy(Hint, looked(run));
  const subjects = subjectsOfFailed(hints, results);
  for (const hint of hints.filter(({ subject }) => subjects.includes(subject)))
    await keepForLater(manager, hint);
  return subjects;
}

/** Null for a run that says nothing about webhooks: of an integration without one, or the first one. */
async function missedBy(manager: EntityManager, run: Run): Promise<number | null> {
  const { id: runId, integrationId, undoesRunId, activeBefore } = run;
  if (run.scope !== 'everybody' || undoesRunId || !activeBefore) return null;
  const webhook = await manager.findOneBy(Webhook, { integrationId });
  if (!webhook || webhook.createdAt > run.requestedAt) return null;
  return manager
    .createQueryBuilder(MemberChange, 'change')
    .where('change.run_id = :runId AND change.kind IN (:...kinds)', { runId, kinds: TOLD })
    .andWhere(
      `NOT EXISTS (SELECT 1 FROM hints hint
         WHERE hint.integration_id = :integrationId AND hint.run_id = ${WAITING}
           AND hint.subject = CAST(change.github_id AS CHAR))`,
      { integrationId },
    )
    .getCount();
}

/** A run of scope `people` took its hints; a run of everybody looks at all up to the newest when it began. */
const looked = ({ id, integrationId, scope, hintsUntil }: Run) =>
  scope === 'people'
    ? { integrationId, runId: id }
    : { integrationId, runId: WAITING, id: LessThanOrEqual(hintsUntil ?? 0) };

async function drop(manager: EntityManager, run: Run): Promise<void> {
  await manager.delete(Hint, looked(run));
  const notBefore = new Date(Date.now() + PAUSE_AFTER_CANCEL_MS);
  const { integrationId } = run;
  await manager.update(Hint, { integrationId, runId: WAITING }, { notBefore });
}

async function tryAgain(manager: EntityManager, run: Run): Promise<void> {
  for (const hint of await manager.findBy(Hint, looked(run))) await keepForLater(manager, hint);
}

/** Lets hints wait again at whose subjects a run could not look, in the transaction that completes the run. */
export async function keepHintsOf(
  manager: EntityManager,
  { id: runId, integrationId }: Pick<Run, 'id' | 'integrationId'>,
  subjects: string[],
): Promise<void> {
  const subject = In(subjects);
  for (const hint of await manager.findBy(Hint, { integrationId, runId, subject }))
    await keepForLater(manager, hint);
}

/** Where the same hint waits already, that is enough. A person who named somebody by login sees the error. */
async function keepForLater(manager: EntityManager, hint: Hint): Promise<void> {
  const { id, integrationId, subject } = hint;
  const tries = hint.tries + 1;
  const waits =
    hint.runId !== WAITING &&
    (await manager.existsBy(Hint, { integrationId, subject, runId: WAITING }));
  if (waits || tries > MAX_TRIES || subject.startsWith('@')) {
    await manager.delete(Hint, { id });
    return;
  }
  const notBefore = new Date(Date.now() + FIRST_PAUSE_MS * 2 ** (tries - 1));
  await manager.update(Hint, { id }, { runId: WAITING, tries, notBefore });
}
