import { Injectable, Logger } from '@nestjs/common';
import { EntityManager, In } from 'typeorm';
import { insertRows } from '../../platform/database/insert-rows.js';
import { notStored, type RefusedIds, refusalOf, writeAccepted } from '../writing/accepted.js';
import { chunks } from '../writing/bulk.js';
import { type ChangeCounts, type ChangeDraft, countChanges } from './changes.js';
import { MemberChange } from './member-change.entity.js';

/** Who or what makes changes, and when. */
export interface ChangeContext {
  integrationId: number;
  runId: number | null;
  /** The admin who decided it, if any. */
  madeBy?: string;
  at: Date;
}

/** Records changes, in the transaction that makes them. */
@Injectable()
export class ChangeLog {
  private readonly logger = new Logger(ChangeLog.name);

  /** Records all or none; returns how many there are of each kind. */
  async record(
    manager: EntityManager,
    context: ChangeContext,
    drafts: ChangeDraft[],
  ): Promise<ChangeCounts> {
    for (const some of chunks(drafts)) await insert(manager, context, some);
    return countChanges(drafts);
  }

  /** Records changes, but none of people of whom the database refuses one. Returns the ids of these people. */
  async recordAccepted(
    manager: EntityManager,
    context: ChangeContext,
    drafts: ChangeDraft[],
  ): Promise<RefusedIds> {
    const refused = await writeAccepted(
      drafts,
      (some) => insert(manager, context, some),
      ({ githubId }, error) => this.logger.warn(notStored('change', githubId, refusalOf(error))),
    );
    await this.forget(manager, context, refused);
    return refused;
  }

  /** Deletes what the run recorded of these people. */
  async forget(
    manager: EntityManager,
    { runId }: ChangeContext,
    people: ReadonlySet<number>,
  ): Promise<void> {
    if (runId === null) return;
    for (const some of chunks([...people]))
      await manager.delete(MemberChange, { runId, githubId: In(some) });
  }
}

function insert(
  manager: EntityManager,
  context: ChangeContext,
  drafts: ChangeDraft[],
): Promise<void> {
  const { integrationId, runId, madeBy = null, at: madeAt } = context;
  // Written without spread, for speed: a first sync of 100,000 makes as many.
  const rows = drafts.map(({ githubId, login, kind, before, after }) => ({
    integrationId,
    runId,
    githubId,
    login,
    kind,
    before,
    after,
    madeBy,
    madeAt,
  }));
  const isOfPart = drafts.some(({ githubTeamId, invitationId }) => githubTeamId || invitationId);
  return insertRows(manager, MemberChange, isOfPart ? withSubjects(rows, drafts) : rows);
}

const withSubjects = <T extends object>(rows: T[], drafts: ChangeDraft[]) =>
  rows.map((row, i) => ({
    ...row,
    githubTeamId: drafts[i]?.githubTeamId ?? null,
    invitationId: drafts[i]?.invitationId ?? null,
  }));
