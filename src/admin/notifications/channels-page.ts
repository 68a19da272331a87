import { Inject, Injectable } from '@nestjs/common';
import type { Config } from '../../config/config.js';
import { CONFIG } from '../../config/config.module.js';
import { IntegrationsService } from '../../integrations/connections/integrations.service.js';
import { EVENT_TYPES } from '../../integrations/outbox/event-types.js';
import {
  CHANNEL_KINDS,
  type ChannelKind,
  DIGEST_KINDS,
  type DigestKind,
  type NotificationChannel,
} from '../../integrations/outbox/notification-channel.entity.js';
import type { ChannelSettings } from '../../notifications/channels/channel-settings.js';
import {
  type ChannelWithSecret,
  NotificationChannels,
} from '../../notifications/channels/notification-channels.service.js';
import { ZONES } from '../shared/schedule-words.js';
import { USUAL_EVENTS } from './channel-form.js';

const WORDS: Record<ChannelKind, string> = { webhook: 'Webhook', slack: 'Slack', email: 'Email' };

/** What the form of a new channel has chosen. */
const PRESET: Partial<ChannelSettings> & Pick<ChannelSettings, 'events' | 'integrationIds'> = {
  ...{ kind: 'webhook', events: USUAL_EVENTS, integrationIds: null },
};

const PRESET_TIME = { digestTime: '08:00', digestZone: 'UTC' };

const DIGEST_WORDS: Record<DigestKind, string> = {
  immediately: 'Immediately',
  hourly: 'Every hour',
  daily: 'Every day',
};

interface More {
  notice?: string | undefined;
  /** The channel that was just made. */
  made?: ChannelWithSecret;
  typed?: ChannelSettings;
  faults?: object;
}

/** The data of the page with a team's notification channels. */
@Injectable()
export class ChannelsPage {
  constructor(
    private readonly channels: NotificationChannels,
    private readonly integrations: IntegrationsService,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  async view(teamId: number, more: More = {}) {
    const channels = await this.channels.list(teamId);
    const { recipients, ...typed } = more.typed ?? PRESET;
    const kinds = CHANNEL_KINDS.filter((kind) => kind !== 'email' || this.config.mail);
    return {
      title: 'Notifications',
      kinds: kinds.map((value) => ({ value, words: WORDS[value] })),
      ...{ takesAddress: true, takesRecipients: this.config.mail !== undefined },
      takesDigest: true,
      channels: channels.map(rowOf),
      ...more,
      typed: { ...PRESET_TIME, ...typed, recipients: recipients?.join(', ') },
      ...(await this.choices(teamId, typed)),
    };
  }

  /** What the form offers. */
  async choices(
    teamId: number,
    { events, integrationIds }: Pick<ChannelSettings, 'events' | 'integrationIds'>,
  ) {
    const integrations = await this.integrations.list(teamId);
    return {
      digests: DIGEST_KINDS.map((value) => ({ value, words: DIGEST_WORDS[value] })),
      zones: ZONES,
      events: EVENT_TYPES.map((type) => ({ value: type, isChosen: events.includes(type) })),
      organizations: integrations.map(({ id, organizationLogin }) => ({
        ...{ value: id, words: organizationLogin },
        isChosen: integrationIds?.includes(id) ?? false,
      })),
    };
  }
}

/** A channel with its state: `on`, `failing`, `off` or `gone`. */
export const rowOf = (channel: NotificationChannel) => ({
  ...{ id: channel.id, name: channel.name, kind: channel.kind },
  where: `${WORDS[channel.kind]} ${whereOf(channel)}`,
  eventCount: channel.events.length,
  organizationCount: channel.integrationIds?.length,
  state: stateOf(channel),
  failingSince: channel.failingSince,
  disabledAt: channel.disabledAt,
});

/** `at hooks.example.com`, `to ada@example.com and 2 more` */
function whereOf({ host, recipients }: NotificationChannel): string {
  if (!recipients) return `at ${host}`;
  const more = recipients.length - 1;
  return `to ${recipients[0]}${more > 0 ? ` and ${more} more` : ''}`;
}

function stateOf({ disabledAt, disabledBecause, failingSince }: NotificationChannel) {
  if (disabledAt) return disabledBecause === 'gone' ? 'gone' : 'off';
  return failingSince ? 'failing' : 'on';
}
