import { Inject, Injectable } from '@nestjs/common';
import type { Config } from '../../config/config.js';
import { CONFIG } from '../../config/config.module.js';
import { CredentialHealths } from '../../integrations/connections/credential-healths.js';
import type { GithubIntegration } from '../../integrations/connections/github-integration.entity.js';
import type { MemberSyncRun } from '../../integrations/runs/member-sync-run.entity.js';
import { MemberSyncRuns } from '../../integrations/runs/member-sync-runs.js';
import { SCHEDULE_KINDS } from '../../integrations/schedules/schedule.js';
import { isPaused } from '../../integrations/schedules/schedule-pause.js';
import { WebhookStatus } from '../../integrations/webhooks/webhook-status.js';
import { credentialView } from '../shared/credential-view.js';
import { presentOrganization } from '../shared/present-organization.js';
import { DAYS, KIND_WORDS, ZONES, zonedTime } from '../shared/schedule-words.js';
import { presentSettings, type TypedSettings } from './settings-form.js';
import { webhookView } from './webhook-view.js';

/** The typed form values, and their errors. */
interface RefusedForm {
  values: TypedSettings;
  faults: Partial<TypedSettings>;
}

interface Shown {
  refused?: RefusedForm;
  /** The webhook's new secret, which is shown once. */
  secret?: string;
}

/** The data of an integration's settings page. */
@Injectable()
export class SettingsPage {
  constructor(
    private readonly runs: MemberSyncRuns,
    private readonly healths: CredentialHealths,
    private readonly webhooks: WebhookStatus,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  async view(integration: GithubIntegration, { refused, secret }: Shown = {}) {
    const latest = await this.runs.latestAsked(await this.runs.latest(integration.id));
    const credential = await this.healths.of(integration);
    const serverKeepDays = this.config.sync.keepDays;
    const { values, faults } = refused ?? { values: presentSettings(integration), faults: {} };
    return {
      title: `Settings of ${integration.organizationLogin}`,
      organization: presentOrganization(integration),
      credential: credential && credentialView(credential, latest),
      webhook: credential && webhookView(integration, await this.webhooks.of(integration), secret),
      values,
      faults,
      hasFaults: Object.keys(faults).length > 0,
      next: nextOf(integration, latest),
      kinds: SCHEDULE_KINDS.map((value) => ({ value, words: KIND_WORDS[value] })),
      weekdays: DAYS.map((words, i) => ({ value: String(i + 1), words })),
      zones: ZONES,
      serverKeepDays,
      keepDaysHint: `1 to 36,500. Leave empty for the server default (${serverKeepDays}).`,
    };
  }
}

/** The next scheduled sync, in UTC and in the schedule's time zone. */
function nextOf(integration: GithubIntegration, latest: MemberSyncRun | null) {
  const { nextSyncAt: at, scheduleZone: zone } = integration;
  if (!at) return undefined;
  return {
    at: at.toISOString(),
    isPaused: isPaused(integration, latest),
    isUnreadable: latest?.errorCode === 'credential_unreadable',
    local: zone === 'UTC' ? undefined : `${zonedTime(at, zone)} ${zone}`,
  };
}
