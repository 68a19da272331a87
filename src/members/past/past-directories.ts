import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { MemberChange } from '../changes/member-change.entity.js';
import { datesReversed, tooEarly } from './as-of.js';
import { DirectoryComparison } from './directory-comparison.js';
import { PastDirectory, type PastMoment } from './past-directory.js';

/** Gives the directory as of a past moment, and compares two moments. */
@Injectable()
export class PastDirectories {
  constructor(private readonly dataSource: DataSource) {}

  /** @throws PublicError `as_of_too_early` for a moment before the oldest change that is kept */
  async asOf(at: PastMoment): Promise<PastDirectory> {
    await this.checkKept(at);
    return new PastDirectory(this.dataSource, at);
  }

  /**
   * Compares two moments; without a first one, all that is kept.
   * @throws PublicError `as_of_too_early`, `dates_reversed`
   */
  async compare(
    at: Omit<PastMoment, 'moment'>,
    from: Date | undefined,
    to: Date,
  ): Promise<DirectoryComparison> {
    const beginning = (await at.prunedUntil(this.dataSource.manager)) ?? new Date(0);
    const first = { ...at, moment: from ?? beginning };
    if (first.moment > to) throw datesReversed();
    if (from) await this.checkKept(first);
    return new DirectoryComparison(this.dataSource, first, to);
  }

  private async checkKept({ integrationId, moment, prunedUntil }: PastMoment): Promise<void> {
    const pruned = await prunedUntil(this.dataSource.manager);
    const oldest = pruned ?? (await this.oldestChange(integrationId));
    if (oldest && moment < oldest) throw tooEarly(oldest);
  }

  private async oldestChange(integrationId: number): Promise<Date | undefined> {
    const oldest = await this.dataSource.manager.findOne(MemberChange, {
      where: { integrationId },
      order: { madeAt: 'ASC' },
    });
    return oldest?.madeAt;
  }
}
