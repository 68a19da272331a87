import { EVENT_TYPES } from '../../integrations/outbox/event-types.js';
import {
  CHANNEL_KINDS,
  type ChannelKind,
  DIGEST_KINDS,
} from '../../integrations/outbox/notification-channel.entity.js';
import type { Destination } from '../../notifications/channels/channel-destination.js';
import type { Digest } from '../../notifications/channels/channel-digest.js';
import type { ChannelSettings } from '../../notifications/channels/channel-settings.js';
import { formText } from '../../platform/web/form-text.js';
import { faultIn } from '../shared/form-faults.js';

/**
 * The form's values as sent. No chosen organization means all of them.
 * @param kind of a channel that exists; an unknown one becomes `webhook`
 */
export function typedChannel(
  form: unknown,
  kind: ChannelKind = kindOf(formText(form, 'kind')),
): ChannelSettings {
  const chosen = textsOf(form, 'integrations').map(Number);
  return {
    ...{ kind, name: formText(form, 'name'), ...destinationOf(kind, form) },
    ...digestOf(kind, form),
    events: textsOf(form, 'events'),
    integrationIds: chosen.length > 0 ? chosen : null,
  };
}

/** The field of the kind; the other one is hidden. */
const destinationOf = (kind: ChannelKind, form: unknown): Destination =>
  kind === 'email'
    ? {
        recipients: formText(form, 'recipients')
          .split(/[\s,;]+/)
          .filter(Boolean),
      }
    : { address: formText(form, 'address') };

/** The time counts where it shows. */
function digestOf(kind: ChannelKind, form: unknown): Digest {
  const typed = formText(form, 'digest');
  const digest = DIGEST_KINDS.find((one) => one === typed);
  if (!digest || kind === 'webhook') return {};
  if (digest !== 'daily') return { digest };
  return {
    ...{ digest, digestTime: formText(form, 'digestTime') },
    digestZone: formText(form, 'digestZone'),
  };
}

const kindOf = (typed: string): ChannelKind =>
  CHANNEL_KINDS.find((kind) => kind === typed) ?? 'webhook';

/** All values of a field that may come several times. */
const textsOf = (form: unknown, name: string): string[] =>
  [(form as Record<string, unknown> | undefined)?.[name] ?? []]
    .flat()
    .filter((value) => typeof value === 'string');

const FIELDS: Record<string, string> = {
  channel_name_invalid: 'name',
  channel_address_invalid: 'address',
  channel_address_not_allowed: 'address',
  channel_recipients_invalid: 'recipients',
  channel_digest_invalid: 'digest',
  email_not_set_up: 'recipients',
  channel_events_invalid: 'events',
  channel_integrations_invalid: 'integrations',
  too_many_channels: 'name',
};

/** The error of each field. Throws any other error. */
export const faultsOf = (error: unknown) => faultIn(error, FIELDS);

/** The events that a new channel has chosen. */
export const USUAL_EVENTS: string[] = EVENT_TYPES.filter((type) => type !== 'team.changed');
