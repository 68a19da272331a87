import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { PublicError } from '../platform/public-error.js';
import { MemberChange } from './member-change.entity.js';
import { PastRoster } from './past-roster.js';

/** Tells the roster as of a past moment. */
@Injectable()
export class RosterHistory {
  constructor(private readonly dataSource: DataSource) {}

  /**
   * Everybody whom the directory knew at that moment.
   * @param prunedUntil up to when changes are no longer kept
   * @throws PublicError `as_of_too_early` before the oldest change that is kept
   */
  async asOf(integrationId: number, moment: Date, prunedUntil: Date | null): Promise<PastRoster> {
    const oldest = prunedUntil ?? (await this.oldestChange(integrationId));
    if (oldest && moment < oldest) throw tooEarly(oldest);
    return new PastRoster(this.dataSource, integrationId, moment);
  }

  private async oldestChange(integrationId: number): Promise<Date | undefined> {
    const oldest = await this.dataSource.manager.findOne(MemberChange, {
      where: { integrationId },
      order: { madeAt: 'ASC' },
    });
    return oldest?.madeAt;
  }
}

const tooEarly = (oldest: Date) =>
  new PublicError(
    422,
    'as_of_too_early',
    `The oldest change that is kept is of ${oldest.toISOString()}, so nothing is known of before.`,
    'Ask for a later date.',
  );
