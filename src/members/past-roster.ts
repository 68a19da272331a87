import type { Member, MemberStatus } from './member.entity.js';
import type { MemberQuery, MembersService } from './members.service.js';

type Place = Pick<Member, 'loginKey' | 'id'>;

/** A directory as of a past moment, read as that of now is. */
export class PastRoster implements Pick<MembersService, 'page' | 'all'> {
  /** @param roster everybody of one integration, sorted by login */
  constructor(private readonly roster: Member[]) {}

  async page({ statuses, search, limit, after }: Omit<MemberQuery, 'integrationId'>) {
    const found = this.found(statuses, search).filter((member) => !after || isAfter(member, after));
    const members = found.slice(0, limit);
    return { members, next: found.length > limit ? members.at(-1) : undefined };
  }

  async *all(_: number, statuses: MemberStatus[], search?: string): AsyncGenerator<Member> {
    yield* this.found(statuses, search);
  }

  /** How many people have each status. */
  counts(): Record<MemberStatus, number> {
    const counts = { active: 0, left: 0, disabled: 0 };
    for (const { status } of this.roster) counts[status]++;
    return counts;
  }

  /** Everybody with one of these statuses whom the search finds. */
  found(statuses: MemberStatus[], search = ''): Member[] {
    const text = search.toLowerCase();
    return this.roster.filter(
      ({ status, loginKey, name }) =>
        statuses.includes(status) &&
        (loginKey.startsWith(text) || name.toLowerCase().includes(text)),
    );
  }
}

const isAfter = (member: Place, { loginKey, id }: Place): boolean =>
  member.loginKey > loginKey || (member.loginKey === loginKey && member.id > id);
