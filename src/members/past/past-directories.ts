import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { MemberChange } from '../changes/member-change.entity.js';
import { tooEarly } from './as-of.js';
import { PastDirectory, type PastMoment } from './past-directory.js';

/** Gives the directory as of a past moment. */
@Injectable()
export class PastDirectories {
  constructor(private readonly dataSource: DataSource) {}

  /** @throws PublicError `as_of_too_early` for a moment before the oldest change that is kept */
  async asOf(at: PastMoment): Promise<PastDirectory> {
    const { manager } = this.dataSource;
    const oldest = (await at.prunedUntil(manager)) ?? (await this.oldestChange(at.integrationId));
    if (oldest && at.moment < oldest) throw tooEarly(oldest);
    return new PastDirectory(this.dataSource, at);
  }

  private async oldestChange(integrationId: number): Promise<Date | undefined> {
    const oldest = await this.dataSource.manager.findOne(MemberChange, {
      where: { integrationId },
      order: { madeAt: 'ASC' },
    });
    return oldest?.madeAt;
  }
}
