import type { MemberStatus } from './member.entity.js';
import {
  isDescending,
  type MemberFilter,
  type MemberPage,
  type MemberQuery,
  type MemberSort,
  type Place,
  pageOf,
  placeOf,
  type ShownMember,
} from './member-query.js';
import type { MembersService } from './members.service.js';
import { asKey, beginsWith, type NameKeys } from './name-keys.js';

/** With what is searched by. */
type ShownRoster = (ShownMember & NameKeys)[];

/** A directory as of a past moment, read as that of now is; since when people are what they were is not known of it. */
export class PastRoster implements Pick<MembersService, 'page' | 'all'> {
  /** @param roster everybody of one integration */
  constructor(private readonly roster: ShownRoster) {}

  async page(query: Omit<MemberQuery, 'integrationId'>): Promise<MemberPage> {
    const { sort = 'login', limit, after, before } = query;
    const sorted = this.sorted(query);
    if (before) sorted.reverse();
    const order = before ? -1 : 1;
    const place = after ?? before;
    const beyond = (member: ShownMember) =>
      !place || order * compare(placeOf(member, sort), place, sort) > 0;
    const found = sorted.filter(beyond).slice(0, limit + 1);
    return pageOf(found, { sort, limit, after, before });
  }

  async *all(query: Omit<MemberQuery, 'integrationId' | 'limit'>): AsyncGenerator<ShownMember> {
    yield* this.sorted(query);
  }

  /** How many people have each status. */
  counts(): Record<MemberStatus, number> {
    const counts = { active: 0, left: 0, disabled: 0 };
    for (const { status } of this.roster) counts[status]++;
    return counts;
  }

  /** Everybody who fits. */
  found({ statuses, search = '', role, twoFactor }: MemberFilter): ShownRoster {
    const text = asKey(search);
    return this.roster.filter(
      (member) =>
        statuses.includes(member.status) &&
        beginsWith(member, text) &&
        (role === undefined || member.role === role) &&
        (twoFactor === undefined || member.twoFactorEnabled === twoFactor),
    );
  }

  private sorted({ sort = 'login', ...filter }: MemberFilter & { sort?: MemberSort | undefined }) {
    return this.found(filter).sort((a, b) => compare(placeOf(a, sort), placeOf(b, sort), sort));
  }
}

/** By code units: as both databases do, but for the rare letters beyond the first 65,536. */
function compare(a: Place, b: Place, sort: MemberSort): number {
  const upwards = a.key < b.key ? -1 : a.key > b.key ? 1 : a.id - b.id;
  return isDescending(sort) ? -upwards : upwards;
}
