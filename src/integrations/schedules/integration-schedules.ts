import { Injectable } from '@nestjs/common';
import { DataSource, IsNull } from 'typeorm';
import { inTransaction } from '../../platform/database/transaction.js';
import { auditIntegration } from '../connections/audit-integration.js';
import { GithubIntegration } from '../connections/github-integration.entity.js';
import { nextSyncAt, type Schedule } from './schedule.js';

export const scheduleOf = (integration: GithubIntegration): Schedule => ({
  kind: integration.scheduleKind,
  weekday: integration.scheduleWeekday,
  time: integration.scheduleTime,
  zone: integration.scheduleZone,
});

/** An admin's settings: above which limits removals are held, and for how many days runs and changes are kept. */
export type IntegrationLimits = Pick<
  GithubIntegration,
  'holdAbovePercent' | 'holdAbovePeople' | 'keepDays'
>;

/** Stores the settings of integrations: when they are synced automatically, and their limits. */
@Injectable()
export class IntegrationSchedules {
  constructor(private readonly dataSource: DataSource) {}

  /** The schedule is valid from `now`, limits from the next run. Does nothing for a disconnected organization. */
  async set(
    integration: GithubIntegration,
    schedule: Schedule,
    now = new Date(),
    limits: Partial<IntegrationLimits> = {},
  ): Promise<void> {
    const { id } = integration;
    const settings = {
      scheduleKind: schedule.kind,
      scheduleWeekday: schedule.weekday,
      scheduleTime: schedule.time,
      scheduleZone: schedule.zone,
      ...limits,
    };
    const change = { ...settings, nextSyncAt: nextSyncAt(schedule, id, now), updatedAt: now };
    await inTransaction(this.dataSource, async (manager) => {
      const before = await manager.findOneBy(GithubIntegration, { id, disconnectedAt: IsNull() });
      if (!before) return;
      await manager.update(GithubIntegration, { id }, change);
      const changed = changedValues(before, settings);
      await auditIntegration(manager, id, { action: 'integration.settings', ...changed });
    });
  }
}

/** The settings that differ, before and after. */
function changedValues(stored: GithubIntegration, settings: Partial<GithubIntegration>) {
  const names = Object.keys(settings) as (keyof typeof settings)[];
  const different = names.filter((name) => stored[name] !== settings[name]);
  const pick = (from: Partial<GithubIntegration>) =>
    Object.fromEntries(different.map((name) => [name, from[name]]));
  return { before: pick(stored), after: pick(settings) };
}
