import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { asTime } from '../listing/member-conditions.js';
import { type PresentedChange, presentChange } from './change-files.js';
import { MemberChange } from './member-change.entity.js';

/** A change's place in a person's history. */
export interface ChangePosition {
  madeAt: Date;
  id: number;
}

export interface PersonChangesQuery {
  integrationId: number;
  githubId: number;
  limit: number;
  /** The last change of the previous page. */
  before?: ChangePosition | undefined;
}

/** A change with the run that made it; null for what an admin did by hand. */
export interface PresentedPersonChange extends PresentedChange {
  runId: number | null;
}

export const presentPersonChange = (change: MemberChange): PresentedPersonChange => ({
  ...presentChange(change),
  runId: change.runId,
});

/** Reads the changes of one person in one directory. */
@Injectable()
export class PersonChanges {
  constructor(private readonly dataSource: DataSource) {}

  /** Newest first. */
  page({ integrationId, githubId, limit, before }: PersonChangesQuery): Promise<MemberChange[]> {
    const select = this.dataSource
      .createQueryBuilder(MemberChange, 'change')
      .where({ integrationId, githubId })
      .orderBy('change.madeAt', 'DESC')
      .addOrderBy('change.id', 'DESC')
      .limit(limit);
    // The first condition lets the index scan start there.
    if (before)
      select.andWhere('change.made_at <= :at AND (change.made_at < :at OR change.id < :id)', {
        at: asTime(before.madeAt),
        id: before.id,
      });
    return select.getMany();
  }
}
