import { Injectable } from '@nestjs/common';
import { DataSource, In } from 'typeorm';
import { MemberChange } from '../changes/member-change.entity.js';
import { Member } from '../member.entity.js';

/** Finds people of directories by what identifies them. */
@Injectable()
export class PersonLookUp {
  constructor(private readonly dataSource: DataSource) {}

  /** The same person in these directories, by integration. */
  async inDirectories(integrationIds: number[], githubId: number): Promise<Map<number, Member>> {
    const found = await this.dataSource.manager.findBy(Member, {
      integrationId: In(integrationIds),
      githubId,
    });
    return new Map(found.map((member) => [member.integrationId, member]));
  }

  /** Who has the login; if nobody, who was last renamed from it. Null if the directory has neither. */
  async byLogin(integrationId: number, login: string): Promise<Member | null> {
    const loginKey = login.toLowerCase();
    const status = In(['active', 'disabled', 'left']);
    // A login can be free again and taken over: whoever is on GitHub has it.
    const [named] = await this.dataSource.manager.find(Member, {
      where: { integrationId, status, loginKey },
      order: { present: 'DESC', updatedAt: 'DESC' },
      take: 1,
    });
    return named ?? this.renamedFrom(integrationId, loginKey);
  }

  private async renamedFrom(integrationId: number, loginKey: string): Promise<Member | null> {
    const renamed = await this.dataSource
      .createQueryBuilder(MemberChange, 'change')
      .where({ integrationId, kind: 'renamed' })
      .andWhere("LOWER(change.values_before) LIKE :former ESCAPE '!'", {
        former: `%"login":"${loginKey.replace(/[!%_]/g, '!$&')}"%`,
      })
      .orderBy('change.id', 'DESC')
      .getOne();
    const { githubId } = renamed ?? {};
    return githubId === undefined
      ? null
      : this.dataSource.manager.findOneBy(Member, { integrationId, githubId });
  }
}
