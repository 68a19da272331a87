import { Injectable } from '@nestjs/common';
import { DataSource, EntityManager, Not } from 'typeorm';
import type { ListPage } from '../../github/members/list-page.js';
import { chunks } from '../../members/writing/bulk.js';
import { insertRows } from '../../platform/database/insert-rows.js';
import type { MemberSyncRun } from '../runs/member-sync-run.entity.js';
import { MemberListPage } from './member-list-page.entity.js';

type RunKey = Pick<MemberSyncRun, 'id' | 'integrationId'>;

/**
 * Remembers the pages of the list. A run goes on where whoever held it before stopped, and begins with what the run before
 * it knew: GitHub tells for nothing which of those pages are as they were.
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

  /** In the transaction that applies the people on them. */
  async save(
    manager: EntityManager,
    { id: runId, integrationId }: RunKey,
    pages: ListPage[],
  ): Promise<void> {
    const rows = pages.map((page) => ({ ...page, integrationId, runId }));
    for (const some of chunks(rows)) await insertRows(manager, MemberListPage, some, OVERWRITING);
  }

  /** Forgets pages that the list no longer has. */
  async tidy(manager: EntityManager, { id, integrationId }: RunKey): Promise<void> {
    await manager.delete(MemberListPage, { integrationId, runId: Not(id) });
  }
}

const OVERWRITING = {
  key: ['integration_id', 'page'],
  columns: ['run_id', 'etag', 'github_ids', 'former_ids', 'checked_in', 'changed_in'],
};

/** What a run knows of a page that an earlier one read. */
const UNSEEN = { formerIds: [], checkedIn: 0, changedIn: 0 };
