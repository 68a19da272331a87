import { Injectable } from '@nestjs/common';
import { EntityManager } from 'typeorm';
import { insertRows } from '../platform/database/insert-rows.js';
import { chunks } from './bulk.js';
import { type ChangeCounts, type ChangeDraft, countChanges } from './changes.js';
import { MemberChange } from './member-change.entity.js';

/** Who or what makes changes, and when. */
export interface ChangeContext {
  integrationId: number;
  runId: number | null;
  /** The admin who decided it, where it was one. */
  madeBy?: string;
  at: Date;
}

/** Records what changed, in the transaction that changes it, and tells how much of each kind it was. */
@Injectable()
export class ChangeLog {
  async record(
    manager: EntityManager,
    context: ChangeContext,
    drafts: ChangeDraft[],
  ): Promise<ChangeCounts> {
    const { integrationId, runId, madeBy = null, at: madeAt } = context;
    for (const some of chunks(drafts)) {
      // Not spread: a first sync of 100,000 makes as many.
      const rows = some.map(({ githubId, login, kind, before, after }) => ({
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
      await insertRows(manager, MemberChange, rows);
    }
    return countChanges(drafts);
  }
}
