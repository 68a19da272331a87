import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { MemberChange } from '../changes/member-change.entity.js';

/** Reads the changes of GitHub teams. */
@Injectable()
export class TeamChanges {
  constructor(private readonly dataSource: DataSource) {}

  /** Newest first. */
  latest(githubTeamId: number, limit: number): Promise<MemberChange[]> {
    return this.dataSource.manager.find(MemberChange, {
      where: { githubTeamId },
      order: { id: 'DESC' },
      take: limit,
    });
  }
}
