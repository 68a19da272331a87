import type { DataSource, EntityManager } from 'typeorm';
import { inSnapshot } from '../platform/database/transaction.js';
import { rosterBefore, tooEarly } from './as-of.js';
import { type ChangedSince, changedSince, markOf } from './changed-since.js';
import { Member } from './member.entity.js';
import { noMembers, type StatusCounts } from './member-counts.js';
import {
  eachMember,
  type MemberPage,
  type MemberQuery,
  pageOf,
  type ShownMember,
} from './member-query.js';
import type { MembersService } from './members.service.js';
import { found, inOrder, pageBeyond } from './roster.js';
import { selectPage } from './select-members.js';

type Query = Omit<MemberQuery, 'integrationId'>;

/** Those who changed since. */
interface Changed {
  mark: string;
  /** As they were; who was not there is left out. */
  past: Member[];
  /** How many of them have each status now. */
  present: StatusCounts;
  /** Those of `past` who were last asked for, in order. */
  asked?: { query: string; people: Member[] };
}

export interface PastMoment {
  integrationId: number;
  moment: Date;
  /** Up to when changes are no longer kept. */
  prunedUntil: (manager: EntityManager) => Promise<Date | null>;
}

/**
 * A directory as of a past moment, read as that of now is: it is that of now, but for those who changed since, who are told
 * by undoing their changes. Since when people were what they were is not known of it.
 */
export class PastRoster implements Pick<MembersService, 'page' | 'all'> {
  private known: Changed | undefined;

  constructor(
    private readonly dataSource: DataSource,
    private readonly at: PastMoment,
  ) {}

  /** @throws PublicError `as_of_too_early` where its changes were deleted meanwhile */
  async page(query: Query): Promise<MemberPage> {
    const { integrationId, moment: unchangedSince } = this.at;
    const asked = { ...query, integrationId, unchangedSince };
    const [unchanged, changed] = await this.read((manager) => selectPage(manager, asked).getMany());
    const others = pageBeyond(inOrderOf(changed, asked), asked);
    const all = inOrder<ShownMember>([...unchanged, ...others], asked.sort);
    if (asked.before) all.reverse();
    return pageOf(all.slice(0, asked.limit + 1), asked);
  }

  all(query: Omit<Query, 'limit'>): AsyncGenerator<ShownMember> {
    return eachMember((place) => this.page({ ...query, ...place }));
  }

  /** How many people had each status. */
  async counts(): Promise<StatusCounts> {
    const { integrationId } = this.at;
    const [rows, { past, present }] = await this.read((manager) =>
      manager
        .createQueryBuilder(Member, 'member')
        .select('member.status', 'status')
        .addSelect('COUNT(*)', 'people')
        .where({ integrationId })
        .groupBy('member.status')
        .getRawMany<{ status: keyof StatusCounts; people: number | string }>(),
    );
    const counts = countsOf(past);
    for (const { status, people } of rows) counts[status] += Number(people) - present[status];
    return counts;
  }

  /** What is read at one moment, with those who had changed by then. */
  private async read<T>(work: (manager: EntityManager) => Promise<T>): Promise<[T, Changed]> {
    const { integrationId, moment, prunedUntil } = this.at;
    const { known } = this;
    const [mark, told, read] = await inSnapshot(this.dataSource, async (manager) => {
      const until = await prunedUntil(manager);
      if (until && moment < until) throw tooEarly(until);
      const mark = await markOf(manager, integrationId, moment);
      const isKnown = known?.mark === mark;
      const told = isKnown ? known : await changedSince(manager, integrationId, moment);
      return [mark, told, await work(manager)] as const;
    });
    // Not before others have their turn with the database.
    const changed = 'past' in told ? told : { mark, ...undone(told) };
    this.known = changed;
    return [read, changed];
  }
}

const undone = ({ members, changes }: ChangedSince): Omit<Changed, 'mark'> => ({
  past: rosterBefore(members, changes).map((member) => Object.assign(member, { isPast: true })),
  present: countsOf(members),
});

/** Once for all pages of an export. */
function inOrderOf(changed: Changed, query: MemberQuery) {
  const { sort, statuses, search, role, twoFactor, suspended, type } = query;
  const filter = { statuses, search, role, twoFactor, suspended, type };
  const asked = JSON.stringify({ sort, ...filter });
  if (changed.asked?.query !== asked)
    changed.asked = { query: asked, people: inOrder(found(changed.past, filter), sort) };
  return changed.asked.people;
}

function countsOf(members: Member[]): StatusCounts {
  const counts = noMembers();
  for (const { status } of members) counts[status]++;
  return counts;
}
