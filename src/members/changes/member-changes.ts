import { Injectable } from '@nestjs/common';
import { DataSource, In, MoreThan } from 'typeorm';
import { ChangeKind, MemberChange } from './member-change.entity.js';

export interface RunChangesQuery {
  runId: number;
  /** The run's integration: an index finds people's changes by it. */
  integrationId: number;
  /** Only changes of this kind; all kinds where undefined. */
  kind?: ChangeKind | undefined;
  /** GitHub's ids of the people; everybody where undefined. */
  githubIds?: number[] | undefined;
  /** The most changes to read. */
  limit: number;
  /** The id of the last change of the previous page. */
  after?: number;
}

/** Changes of an export that are read at once. */
const CHANGES_PER_READ = 1_000;

/** Reads the changes of runs, oldest first. */
@Injectable()
export class MemberChanges {
  constructor(private readonly dataSource: DataSource) {}

  ofRun(query: RunChangesQuery): Promise<MemberChange[]> {
    const { runId, integrationId, kind, githubIds, limit, after = 0 } = query;
    return this.dataSource.manager.find(MemberChange, {
      where: {
        runId,
        id: MoreThan(after),
        ...(kind && { kind }),
        ...(githubIds && { integrationId, githubId: In(githubIds) }),
      },
      order: { id: 'ASC' },
      take: limit,
    });
  }

  /** All of them; holds no database connection while a slow consumer reads. */
  async *all(
    query: Omit<RunChangesQuery, 'limit' | 'after'>,
    signal?: AbortSignal,
  ): AsyncGenerator<MemberChange> {
    for (let after: number | undefined = 0; after !== undefined; ) {
      signal?.throwIfAborted();
      const some: MemberChange[] = await this.ofRun({ ...query, after, limit: CHANGES_PER_READ });
      yield* some;
      after = some.length === CHANGES_PER_READ ? some.at(-1)?.id : undefined;
    }
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
