import { Injectable } from '@nestjs/common';
import { IntegrationsService } from '../../integrations/connections/integrations.service.js';
import { EVENT_TYPES } from '../../integrations/outbox/event-types.js';
import type { NotificationChannel } from '../../integrations/outbox/notification-channel.entity.js';
import type { ChannelSettings } from '../../notifications/channels/channel-settings.js';
import {
  type ChannelWithSecret,
  NotificationChannels,
} from '../../notifications/channels/notification-channels.service.js';
import { USUAL_EVENTS } from './channel-form.js';

const KINDS = [
  { value: 'webhook', words: 'Webhook' },
  { value: 'slack', words: 'Slack' },
];

const WORDS = { webhook: 'Webhook', slack: 'Slack' };

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
  ) {}

  async view(teamId: number, more: More = {}) {
    const channels = await this.channels.list(teamId);
    const typed = more.typed ?? { kind: 'webhook', events: USUAL_EVENTS, integrationIds: null };
    return {
      title: 'Notifications',
      kinds: KINDS,
      channels: channels.map(rowOf),
      ...more,
      typed,
      ...(await this.choices(teamId, typed)),
    };
  }

  /** The boxes of the form. */
  async choices(
    teamId: number,
    { events, integrationIds }: Pick<ChannelSettings, 'events' | 'integrationIds'>,
  ) {
    const integrations = await this.integrations.list(teamId);
    return {
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
  ...{ id: channel.id, name: channel.name, host: channel.host, kind: channel.kind },
  kindWords: WORDS[channel.kind],
  eventCount: channel.events.length,
  organizationCount: channel.integrationIds?.length,
  state: stateOf(channel),
  failingSince: channel.failingSince,
  disabledAt: channel.disabledAt,
});

function stateOf({ disabledAt, disabledBecause, failingSince }: NotificationChannel) {
  if (disabledAt) return disabledBecause === 'gone' ? 'gone' : 'off';
  return failingSince ? 'failing' : 'on';
}
