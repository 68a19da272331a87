import { Injectable } from '@nestjs/common';
import { DataSource, EntityManager, Not } from 'typeorm';
import type { ListPage } from '../../github/members/list-page.js';
import { chunks } from '../../members/writing/bulk.js';
import { insertRows } from '../../platform/database/insert-rows.js';
import type { MemberSyncRun } from '../runs/member-sync-run.entity.js';
import { MemberListPage } from './member-list-page.entity.js';

type RunKey = Pick<MemberSyncRun, 'id' | 'integrationId'>;

/**
 * Stores the pages of the list. A run continues where its last worker stopped, and starts with the pages of the previous
 * run: GitHub tells at no cost which of them are unchanged.
 */
@Injectable()
export class ListCheckpoints {
  constructor(private readonly dataSource: DataSource) {}

  async load({ id, integrationId }: RunKey): Promise<ListPage[]> {
    const rows = await this.dataSource.manager.findBy(MemberListPage, { integrationId });
    return rows.map(({ runId, page, etag, githubIds, formerIds, checkedIn, changedIn }) => ({
      page,
      etag,
      githubIds,
      ...(runId === id ? { formerIds: formerIds ?? [], checkedIn, changedIn } : UNSEEN),
    }));
  }

  /** Saves in the transaction that applies their people. */
  async save(
    manager: EntityManager,
    { id: runId, integrationId }: RunKey,
    pages: ListPage[],
  ): Promise<void> {
    const rows = pages.map((page) => ({ ...page, integrationId, runId }));
    for (const some of chunks(rows)) await insertRows(manager, MemberListPage, some, OVERWRITING);
  }

  /** Deletes pages that the list no longer has. */
  async tidy(manager: EntityManager, { id, integrationId }: RunKey): Promise<void> {
    await manager.delete(MemberListPage, { integrationId, runId: Not(id) });
  }
}

const OVERWRITING = {
  key: ['integration_id', 'page'],
  columns: ['run_id', 'etag', 'github_ids', 'former_ids', 'checked_in', 'changed_in'],
};

/** The state of a page that only an earlier run read. */
const UNSEEN = { formerIds: [], checkedIn: 0, changedIn: 0 };
