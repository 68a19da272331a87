import { Injectable } from '@nestjs/common';
import { DataSource, SelectQueryBuilder } from 'typeorm';
import { Member, MemberStatus } from './member.entity.js';
import { memberNotFound } from './member-standing.service.js';

export interface MemberQuery {
  integrationId: number;
  statuses: MemberStatus[];
  /** The beginning of a login, or any part of a name, in any case. */
  search?: string;
  /** People at most. */
  limit: number;
  /** The last one of the page before. */
  after?: Pick<Member, 'loginKey' | 'id'>;
}

/** Reads directories, sorted by login in any case. */
@Injectable()
export class MembersService {
  constructor(private readonly dataSource: DataSource) {}

  async page(query: MemberQuery): Promise<{ members: Member[]; next: Member | undefined }> {
    const { integrationId, statuses, search, limit, after } = query;
    const select = this.dataSource
      .createQueryBuilder(Member, 'member')
      .where('member.integration_id = :integrationId', { integrationId })
      .andWhere('member.status IN (:...statuses)', { statuses })
      .orderBy('member.loginKey')
      .addOrderBy('member.id')
      .take(limit + 1);
    if (search) match(select, search);
    if (after) seek(select, after);
    const found = await select.getMany();
    const members = found.slice(0, limit);
    return { members, next: found.length > limit ? members.at(-1) : undefined };
  }

  /** Everybody, a page at a time, so that a large directory is never in memory at once. */
  async *all(
    integrationId: number,
    statuses: MemberStatus[],
    search?: string,
  ): AsyncGenerator<Member> {
    let after: Member | undefined;
    do {
      const page = await this.page({ integrationId, statuses, search, limit: 1_000, after });
      yield* page.members;
      after = page.next;
    } while (after);
  }

  /** @throws PublicError `member_not_found`, for another directory's as well */
  async get(integrationId: number, id: number): Promise<Member> {
    const member = await this.dataSource.manager.findOneBy(Member, { integrationId, id });
    if (member) return member;
    throw memberNotFound();
  }

  /** How many people have each status. */
  async counts(integrationId: number): Promise<Record<MemberStatus, number>> {
    const rows = await this.dataSource
      .createQueryBuilder(Member, 'member')
      .select('member.status', 'status')
      .addSelect('COUNT(*)', 'people')
      .where('member.integration_id = :integrationId', { integrationId })
      .groupBy('member.status')
      .getRawMany<{ status: MemberStatus; people: string | number }>();
    const counts = { active: 0, left: 0, disabled: 0 };
    for (const { status, people } of rows) counts[status] = Number(people);
    return counts;
  }
}

function match(select: SelectQueryBuilder<Member>, search: string): void {
  const literal = search.replace(/[!%_]/g, '!$&');
  // SQLite's LOWER leaves all but ASCII as it is, so that only the second look finds 'Анна' there.
  select.andWhere(
    `(member.login_key LIKE :begins ESCAPE '!' OR LOWER(member.name) LIKE :contains ESCAPE '!'
      OR member.name LIKE :asTyped ESCAPE '!')`,
    {
      begins: `${literal.toLowerCase()}%`,
      contains: `%${literal.toLowerCase()}%`,
      asTyped: `%${literal}%`,
    },
  );
}

function seek(
  select: SelectQueryBuilder<Member>,
  { loginKey, id }: Pick<Member, 'loginKey' | 'id'>,
): void {
  select.andWhere(
    '(member.login_key > :loginKey OR (member.login_key = :loginKey AND member.id > :lastId))',
    {
      loginKey,
      lastId: id,
    },
  );
}
