import { EVENT_TYPES, type EventType } from '../../integrations/outbox/event-types.js';
import type { ChannelKind } from '../../integrations/outbox/notification-channel.entity.js';
import { printable } from '../../platform/process/printable.js';
import type { Destination } from './channel-destination.js';
import type { Digest } from './channel-digest.js';
import { eventsInvalid, integrationsInvalid, nameInvalid } from './channel-failures.js';

/** The column's length. */
const MAX_NAME_LENGTH = 100;

/** What people choose of a channel. */
export interface ChannelSettings extends Destination, Digest {
  kind: ChannelKind;
  name: string;
  events: string[];
  /** Null for all organizations of the team. */
  integrationIds: number[] | null;
}

/** Without the properties that stay as they are. */
export interface ChannelPatch extends Partial<Omit<ChannelSettings, 'kind'>> {
  enabled?: boolean;
  rotateSecret?: boolean;
}

/** @throws PublicError `channel_name_invalid` */
export function checkedName(typed: string): string {
  const name = typed.trim();
  if (name && name.length <= MAX_NAME_LENGTH && printable(name) === name) return name;
  throw nameInvalid();
}

/** In one order, each once. @throws PublicError `channel_events_invalid` */
export function checkedEvents(typed: string[]): EventType[] {
  const isKnown = typed.every((one) => (EVENT_TYPES as string[]).includes(one));
  if (typed.length === 0 || !isKnown) throw eventsInvalid();
  return EVENT_TYPES.filter((type) => typed.includes(type));
}

/** @param known the team's integrations. @throws PublicError `channel_integrations_invalid` */
export function checkedIntegrations(typed: number[] | null, known: number[]): number[] | null {
  if (typed === null) return null;
  if (typed.length === 0 || !typed.every((id) => known.includes(id))) throw integrationsInvalid();
  return known.filter((id) => typed.includes(id));
}
