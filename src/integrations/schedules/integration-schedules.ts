import { Injectable } from '@nestjs/common';
import { DataSource, IsNull } from 'typeorm';
import { GithubIntegration } from '../connections/github-integration.entity.js';
import { nextSyncAt, type Schedule } from './schedule.js';

export const scheduleOf = (integration: GithubIntegration): Schedule => ({
  kind: integration.scheduleKind,
  weekday: integration.scheduleWeekday,
  time: integration.scheduleTime,
  zone: integration.scheduleZone,
});

/** Stores when an integration is synced automatically. */
@Injectable()
export class IntegrationSchedules {
  constructor(private readonly dataSource: DataSource) {}

  /** Valid from `now`; not for a disconnected organization. */
  async set({ id }: GithubIntegration, schedule: Schedule, now = new Date()): Promise<void> {
    await this.dataSource.manager.update(
      GithubIntegration,
      { id, disconnectedAt: IsNull() },
      {
        scheduleKind: schedule.kind,
        scheduleWeekday: schedule.weekday,
        scheduleTime: schedule.time,
        scheduleZone: schedule.zone,
        nextSyncAt: nextSyncAt(schedule, id, now),
        updatedAt: now,
      },
    );
  }
}
