import { Injectable } from '@nestjs/common';
import { DataSource, In } from 'typeorm';
import { Member } from '../member.entity.js';

/** Finds people in several directories. */
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
}
