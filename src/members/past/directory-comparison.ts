import { And, type DataSource, type EntityManager, In, LessThanOrEqual, MoreThan } from 'typeorm';
import { inSnapshot } from '../../platform/database/transaction.js';
import { MemberChange } from '../changes/member-change.entity.js';
import { Member } from '../member.entity.js';
import { tooEarly } from './as-of.js';
import { type DifferenceKind, differences, type MemberDifference } from './member-difference.js';
import type { PastMoment } from './past-directory.js';

/** The most people read at once. */
const PEOPLE_PER_READ = 500;

export interface ComparisonQuery {
  /** Only differences of this kind. */
  kind?: DifferenceKind | undefined;
  limit: number;
  /** GitHub's id of the last person of the previous page. */
  after?: number | undefined;
}

/** Compares a directory at two moments, by GitHub's ids of the people. Only people with changes in between are read. */
export class DirectoryComparison {
  constructor(
    private readonly dataSource: DataSource,
    /** The first moment. */
    private readonly from: PastMoment,
    private readonly to: Date,
  ) {}

  /** At most `limit` differences. @throws PublicError `as_of_too_early` where changes were deleted meanwhile */
  async page({ kind, limit, after }: ComparisonQuery): Promise<MemberDifference[]> {
    const found: MemberDifference[] = [];
    for await (const difference of this.all(kind, after)) {
      found.push(difference);
      if (found.length === limit) break;
    }
    return found;
  }

  async *all(kind?: DifferenceKind, after = 0): AsyncGenerator<MemberDifference> {
    for (let last: number | undefined = after; last !== undefined; ) {
      const { some, end } = await this.readAfter(last);
      for (const difference of some) if (!kind || difference.kind === kind) yield difference;
      last = end;
    }
  }

  /** The differences of the next people, and the last of these; undefined at the end. */
  private readAfter(after: number): Promise<{ some: MemberDifference[]; end: number | undefined }> {
    const { integrationId, moment, prunedUntil, signal } = this.from;
    return inSnapshot(this.dataSource, async (manager) => {
      signal?.throwIfAborted();
      const until = await prunedUntil(manager);
      if (until && moment < until) throw tooEarly(until);
      const ids = await this.changedAfter(manager, after);
      const people = { integrationId, githubId: In(ids) };
      const members = await manager.find(Member, { where: people, order: { githubId: 'ASC' } });
      const changes = await manager.find(MemberChange, {
        where: { ...people, madeAt: MoreThan(moment) },
        order: { id: 'DESC' },
      });
      const end = ids.length === PEOPLE_PER_READ ? ids.at(-1) : undefined;
      return { some: differences(members, changes, this.to), end };
    });
  }

  /** GitHub's ids of the next people with a change between the two moments. */
  private async changedAfter(manager: EntityManager, after: number): Promise<number[]> {
    const { integrationId, moment } = this.from;
    const rows = await manager
      .createQueryBuilder(MemberChange, 'change')
      .select('change.github_id', 'githubId')
      .distinct(true)
      .where({
        integrationId,
        githubId: MoreThan(after),
        madeAt: And(MoreThan(moment), LessThanOrEqual(this.to)),
      })
      .orderBy('change.github_id')
      .limit(PEOPLE_PER_READ)
      .getRawMany<{ githubId: number | string }>();
    return rows.map(({ githubId }) => Number(githubId));
  }
}
