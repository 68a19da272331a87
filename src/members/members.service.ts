import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Member, MemberStatus } from './member.entity.js';
import { type MemberPage, type MemberQuery, type Place, pageOf } from './member-query.js';
import { memberNotFound } from './member-standing.service.js';
import { selectPage } from './select-members.js';

/** Reads directories, sorted by login in any case where nothing else is asked for. */
@Injectable()
export class MembersService {
  constructor(private readonly dataSource: DataSource) {}

  async page(query: MemberQuery): Promise<MemberPage> {
    return pageOf(await selectPage(this.dataSource, query).getMany(), query);
  }

  /** Everybody, a page at a time, so that a large directory is never in memory at once. */
  async *all(query: Omit<MemberQuery, 'limit'>): AsyncGenerator<Member> {
    let after: Place | undefined;
    do {
      const page = await this.page({ ...query, limit: 1_000, after });
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
