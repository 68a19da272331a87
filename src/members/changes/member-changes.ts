import { Injectable } from '@nestjs/common';
import { DataSource, MoreThan } from 'typeorm';
import { ChangeKind, MemberChange } from './member-change.entity.js';

export interface RunChangesQuery {
  runId: number;
  /** Only changes of this kind; all kinds where undefined. */
  kind?: ChangeKind;
  /** The most changes to read. */
  limit: number;
  /** The id of the last change of the previous page. */
  after?: number;
}

/** Reads the changes of runs, oldest first. */
@Injectable()
export class MemberChanges {
  constructor(private readonly dataSource: DataSource) {}

  ofRun({ runId, kind, limit, after = 0 }: RunChangesQuery): Promise<MemberChange[]> {
    return this.dataSource.manager.find(MemberChange, {
      where: { runId, id: MoreThan(after), ...(kind && { kind }) },
      order: { id: 'ASC' },
      take: limit,
    });
  }

  ofKind(query: RunChangesQuery & { kind: ChangeKind }): Promise<MemberChange[]> {
    return this.ofRun(query);
  }

  /** How many changes of each kind the run made; kinds without any are left out. */
  async counts(runId: number): Promise<Map<ChangeKind, number>> {
    const rows = await this.dataSource
      .createQueryBuilder(MemberChange, 'change')
      .select('change.kind', 'kind')
      .addSelect('COUNT(*)', 'changes')
      .where('change.run_id = :runId', { runId })
      .groupBy('change.kind')
      .getRawMany<{ kind: ChangeKind; changes: string | number }>();
    return new Map(rows.map(({ kind, changes }) => [kind, Number(changes)]));
  }
}
