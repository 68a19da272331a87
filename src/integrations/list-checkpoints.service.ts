import { Injectable } from '@nestjs/common';
import { DataSource, EntityManager } from 'typeorm';
import type { ListPage } from '../github/list-page.js';
import { MemberListPage } from './member-list-page.entity.js';
import type { MemberSyncRun } from './member-sync-run.entity.js';

type RunKey = Pick<MemberSyncRun, 'id' | 'integrationId'>;

/** Remembers which pages of the list a run has applied, so that whoever takes it over goes on from there. */
@Injectable()
export class ListCheckpoints {
  constructor(private readonly dataSource: DataSource) {}

  load({ id: runId, integrationId }: RunKey): Promise<ListPage[]> {
    return this.dataSource.manager.findBy(MemberListPage, { integrationId, runId });
  }

  /** In the transaction that applies the people on them. */
  async save(
    manager: EntityManager,
    { id: runId, integrationId }: RunKey,
    pages: ListPage[],
  ): Promise<void> {
    const rows = pages.map(({ page, etag, githubIds }) => ({
      integrationId,
      page,
      runId,
      etag,
      githubIds,
    }));
    await manager.upsert(MemberListPage, rows, ['integrationId', 'page']);
  }
}
