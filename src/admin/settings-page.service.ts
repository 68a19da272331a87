import { Injectable } from '@nestjs/common';
import type { GithubIntegration } from '../integrations/github-integration.entity.js';
import { MemberSyncRuns } from '../integrations/member-sync-runs.service.js';
import { scheduleOf } from '../integrations/schedules/integration-schedules.service.js';
import { SCHEDULE_KINDS } from '../integrations/schedules/schedule.js';
import { isPaused } from '../integrations/schedules/schedule-pause.js';
import { presentOrganization } from './integrations-page.service.js';

const KINDS = { off: 'Off', hourly: 'Every hour', daily: 'Every day', weekly: 'Every week' };
const DAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];
const ZONES = ['UTC', ...Intl.supportedValuesOf('timeZone').filter((zone) => zone !== 'UTC')];

/** What was typed into one of the forms, and what is wrong with it. */
export interface Refused {
  values?: object;
  faults?: object;
  schedule?: object;
  scheduleFaults?: object;
}

/** What the settings of an integration show. */
@Injectable()
export class SettingsPage {
  constructor(private readonly runs: MemberSyncRuns) {}

  async view(integration: GithubIntegration, refused: Refused = {}) {
    const { holdAbovePercent, holdAbovePeople, nextSyncAt } = integration;
    const schedule = scheduleOf(integration);
    return {
      title: `Settings of ${integration.organizationLogin}`,
      organization: presentOrganization(integration),
      values: { holdAbovePercent, holdAbovePeople },
      schedule: { ...schedule, weekday: String(schedule.weekday) },
      nextSyncAt: nextSyncAt?.toISOString(),
      isPaused: nextSyncAt && isPaused(integration, await this.runs.latest(integration.id)),
      kinds: SCHEDULE_KINDS.map((value) => ({ value, words: KINDS[value] })),
      weekdays: DAYS.map((words, i) => ({ value: String(i + 1), words })),
      zones: ZONES,
      ...refused,
    };
  }
}
