import { type EntityManager, In, LessThanOrEqual } from 'typeorm';
import { MemberChange } from '../../members/changes/member-change.entity.js';
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
>;

/** After more failed runs, a hint is dropped: a run of everybody finds what it told. */
const MAX_TRIES = 6;

/** The pause after the first failed run, in ms; it doubles with each. */
const FIRST_PAUSE_MS = 60_000;

/** What GitHub sends deliveries about; it tells no change of a role or a profile. */
const TOLD = ['joined', 'left', 'returned'];

/**
 * Settles the hints of a run, in the transaction that ends it. A complete run has looked at them. After an error they
 * wait again. Somebody who cancels a run that hints asked for does not want the next one at once.
 * @returns how many changes the run found that no hint had told; null where that says nothing
 */
export async function settleHints(manager: EntityManager, run: Run): Promise<number | null> {
  if (run.state === 'complete') {
    const missed = await missedBy(manager, run);
    await manager.delete(Hint, looked(run));
    return missed;
  }
  if (run.state === 'error') await tryAgain(manager, run);
  else if (run.trigger === 'webhook' || run.scope === 'people')
    await manager.delete(Hint, { integrationId: run.integrationId, runId: In([run.id, WAITING]) });
  return null;
}

/** Null for a run that says nothing about webhooks: of an integration without one, or the first one. */
async function missedBy(manager: EntityManager, run: Run): Promise<number | null> {
  const { id: runId, integrationId, hintsUntil, undoesRunId, activeBefore } = run;
  if (run.scope !== 'everybody' || undoesRunId || !activeBefore) return null;
  const webhook = await manager.findOneBy(Webhook, { integrationId });
  if (!webhook || webhook.createdAt > run.requestedAt) return null;
  return manager
    .createQueryBuilder(MemberChange, 'change')
    .where('change.run_id = :runId AND change.kind IN (:...kinds)', { runId, kinds: TOLD })
    .andWhere(
      `NOT EXISTS (SELECT 1 FROM hints hint
         WHERE hint.integration_id = :integrationId AND hint.run_id = ${WAITING}
           AND hint.id <= :until AND hint.subject = CAST(change.github_id AS CHAR))`,
      { integrationId, until: hintsUntil ?? 0 },
    )
    .getCount();
}

/** A run of scope `people` took its hints; a run of everybody looks at all up to the newest when it began. */
const looked = ({ id, integrationId, scope, hintsUntil }: Run) =>
  scope === 'people'
    ? { integrationId, runId: id }
    : { integrationId, runId: WAITING, id: LessThanOrEqual(hintsUntil ?? 0) };

async function tryAgain(manager: EntityManager, run: Run): Promise<void> {
  const { integrationId } = run;
  const hints = await manager.findBy(Hint, looked(run));
  if (hints.length === 0) return;
  const subject = In(hints.map(({ subject }) => subject));
  const newer = await manager.findBy(Hint, { integrationId, runId: WAITING, subject });
  const tries = Math.max(...hints.map(({ tries }) => tries)) + 1;
  const waits = new Set(run.scope === 'people' ? newer.map(({ subject }) => subject) : []);
  // A person who named somebody sees the error, and can ask again.
  const isDropped = ({ subject, tries }: Hint) =>
    waits.has(subject) || tries + 1 > MAX_TRIES || subject.startsWith('@');
  const dropped = hints.filter(isDropped).map(({ id }) => id);
  const kept = hints.filter((hint) => !isDropped(hint)).map(({ id }) => id);
  if (dropped.length > 0) await manager.delete(Hint, { id: In(dropped) });
  const notBefore = new Date(Date.now() + FIRST_PAUSE_MS * 2 ** (tries - 1));
  await manager.update(Hint, { id: In(kept) }, { runId: WAITING, tries, notBefore });
}
