import type { DataSource, EntityManager } from 'typeorm';
import { inSnapshot } from '../platform/database/transaction.js';
import { type ChangedSince, changedSince } from './changed-since.js';
import { Member } from './member.entity.js';
import type { StatusCounts } from './member-counts.js';
import {
  eachMember,
  type MemberPage,
  type MemberQuery,
  pageOf,
  placeOf,
  type ShownMember,
} from './member-query.js';
import type { MembersService } from './members.service.js';
import { found, inOrder } from './roster.js';
import { selectPage } from './select-members.js';

/** How many of the unchanged are read at once at most, beyond a page. */
const MORE = 5_000;

/**
 * A directory as of a past moment, read as that of now is: it is that of now, but for those who changed since, who are told
 * by undoing their changes. Since when people were what they were is not known of it.
 */
export class PastRoster implements Pick<MembersService, 'page' | 'all'> {
  private known: ChangedSince | undefined;

  constructor(
    private readonly dataSource: DataSource,
    private readonly integrationId: number,
    private readonly moment: Date,
  ) {}

  page(query: Omit<MemberQuery, 'integrationId'>): Promise<MemberPage> {
    const asked = { ...query, integrationId: this.integrationId };
    return this.read(async (manager, { ids, past }) => {
      const unchanged = await this.unchanged(manager, asked, ids);
      const all = inOrder<ShownMember>([...unchanged, ...found(past, asked)], asked);
      return pageOf(all.slice(0, asked.limit + 1), asked);
    });
  }

  all(query: Omit<MemberQuery, 'integrationId' | 'limit'>): AsyncGenerator<ShownMember> {
    return eachMember((place) => this.page({ ...query, ...place }));
  }

  /** How many people had each status. */
  counts(): Promise<StatusCounts> {
    const { integrationId } = this;
    return this.read(async (manager, { present, past }) => {
      const counts = { active: 0, left: 0, disabled: 0 };
      const rows = await manager
        .createQueryBuilder(Member, 'member')
        .select('member.status', 'status')
        .addSelect('COUNT(*)', 'people')
        .where({ integrationId })
        .groupBy('member.status')
        .getRawMany<{ status: keyof StatusCounts; people: number | string }>();
      for (const { status, people } of rows) counts[status] = Number(people);
      for (const { status } of present) counts[status]--;
      for (const { status } of past) counts[status]++;
      return counts;
    });
  }

  /** A page of those who are as they were, and one more. */
  private async unchanged(
    manager: EntityManager,
    query: MemberQuery,
    changed: Set<number>,
  ): Promise<ShownMember[]> {
    const { sort = 'login', limit, before } = query;
    const atOnce = limit + Math.min(changed.size, MORE);
    const unchanged: ShownMember[] = [];
    for (let place = query.after ?? before; ; ) {
      const from = before ? { before: place } : { after: place };
      const read = await selectPage(manager, { ...query, limit: atOnce, ...from }).getMany();
      unchanged.push(...read.filter(({ id }) => !changed.has(id)));
      const last = read.at(-1);
      if (!last || read.length <= atOnce || unchanged.length > limit) return unchanged;
      place = placeOf(last, sort);
    }
  }

  /** Everything at one moment, in which nobody may change. */
  private read<T>(work: (manager: EntityManager, changed: ChangedSince) => Promise<T>): Promise<T> {
    return inSnapshot(this.dataSource, async (manager) => {
      const { integrationId, moment, known } = this;
      this.known = await changedSince(manager, integrationId, moment, known);
      return work(manager, this.known);
    });
  }
}
