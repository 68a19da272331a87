import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager, In, IsNull, Not } from 'typeorm';
import { batched, byKey, shared } from '../../platform/database/batched.js';
import { inSnapshot } from '../../platform/database/transaction.js';
import { memberNotFound } from '../directory/member-status.service.js';
import { Member } from '../member.entity.js';
import { MemberCounts } from '../member-counts.entity.js';
import { noMembers, type StatusCounts } from '../member-counts.js';
import {
  type CountQuery,
  eachMember,
  type MemberPage,
  type MemberQuery,
  MOST_COUNTED,
  pageOf,
  type ShownMember,
} from './member-query.js';
import { countMembers, countPeople, shownMembers } from './select-members.js';

type MemberName = Pick<Member, 'id' | 'name' | 'avatarUrl'>;

/** Reads directories. The default order is by login, without regard to case. */
@Injectable()
export class MembersService {
  /** Equal queries at the same time share one read. */
  readonly page = shared(
    async (query: MemberQuery): Promise<MemberPage> =>
      pageOf(await shownMembers(this.dataSource.manager, query), query),
  );

  /** How many people a query finds; more than `MOST_COUNTED` are not counted on. */
  readonly matching = shared(
    (query: CountQuery): Promise<number> =>
      countMembers(this.dataSource.manager, query, MOST_COUNTED),
  );

  private readonly countsOf = batched(async (integrationIds: number[]) => {
    const integrationId = In(integrationIds);
    const found = await this.dataSource.manager.findBy(MemberCounts, { integrationId });
    return byKey(found, ({ integrationId }) => integrationId);
  });

  constructor(private readonly dataSource: DataSource) {}

  /** Everybody in the directory now, also the people of a run that has not ended. */
  stored(integrationId: number): Promise<number> {
    return this.dataSource.manager.countBy(Member, { integrationId });
  }

  /** Holds no database connection while a slow consumer reads. */
  all(query: Omit<MemberQuery, 'limit'>): AsyncGenerator<ShownMember> {
    return eachMember(async (place) => {
      const asked = { ...query, ...place };
      const read = (manager: EntityManager) => shownMembers(manager, asked);
      return pageOf(await inSnapshot(this.dataSource, read), asked);
    });
  }

  /** Null also for a member of another directory. */
  find(integrationId: number, id: number): Promise<Member | null> {
    return this.dataSource.manager.findOneBy(Member, { integrationId, id });
  }

  /** @throws PublicError `member_not_found`, also for a member of another directory */
  async get(integrationId: number, id: number): Promise<Member> {
    const member = await this.find(integrationId, id);
    if (member) return member;
    throw memberNotFound();
  }

  /** These members, by login. @param ids each once @throws PublicError `member_not_found` if one is missing */
  async chosen(integrationId: number, ids: number[]): Promise<Member[]> {
    const members = await this.dataSource.manager.find(Member, {
      where: { integrationId, id: In(ids) },
      order: { loginKey: 'ASC', id: 'ASC' },
    });
    if (members.length < ids.length) throw memberNotFound();
    return members;
  }

  /** Our ids, the names and the avatars of these people, by GitHub's id. */
  async people(integrationId: number, githubIds: number[]): Promise<Map<number, MemberName>> {
    const members = await this.dataSource.manager.find(Member, {
      select: { id: true, githubId: true, name: true, avatarUrl: true },
      where: { integrationId, githubId: In(githubIds) },
    });
    return new Map(members.map((member) => [member.githubId, member]));
  }

  /** How many outside collaborators have each status. */
  readonly collaboratorCounts = shared(
    async ({ integrationId }: { integrationId: number }): Promise<StatusCounts> => {
      // The index begins with the status.
      const where = { integrationId, status: In(['left', 'disabled']), outside: Not(IsNull()) };
      return (await countPeople(this.dataSource.manager, where)).outside_collaborator;
    },
  );

  /** How many people have each status, without the changes of an unfinished run. */
  async counts(integrationId: number): Promise<StatusCounts> {
    const { active, left, disabled } = (await this.countsOf(integrationId)) ?? noMembers();
    return { active, left, disabled };
  }
}
