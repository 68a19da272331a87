import type { EntityManager } from 'typeorm';
import {
  type ChannelKind,
  DIGEST_KINDS,
  type DigestKind,
  type NotificationChannel,
} from '../../integrations/outbox/notification-channel.entity.js';
import { isTimeOfDay, isTimeZone, nextTime } from '../../integrations/schedules/schedule.js';
import { NotificationDelivery } from '../delivery/notification-delivery.entity.js';
import { digestInvalid } from './channel-failures.js';

/** When a channel is told. */
export interface Digest {
  digest?: DigestKind | undefined;
  /** `HH:MM`, local time of the zone; if daily. */
  digestTime?: string | undefined;
  /** An IANA time zone; if daily. */
  digestZone?: string | undefined;
}

/**
 * Without what is not given. Webhooks are told at once: programs put messages together themselves.
 * @throws PublicError `channel_digest_invalid`
 */
export function checkedDigest(
  kind: ChannelKind,
  { digest, digestTime, digestZone }: Digest,
): Partial<Pick<NotificationChannel, 'digest' | 'digestTime' | 'digestZone'>> {
  const isKind =
    digest === undefined ||
    (DIGEST_KINDS.includes(digest) && (digest === 'immediately' || kind !== 'webhook'));
  const isTime = digestTime === undefined || isTimeOfDay(digestTime);
  const isZone = digestZone === undefined || isTimeZone(digestZone);
  if (!isKind || !isTime || !isZone) throw digestInvalid();
  return {
    ...(digest !== undefined && { digest }),
    ...(digestTime !== undefined && { digestTime }),
    ...(digestZone !== undefined && { digestZone }),
  };
}

type Told = Pick<NotificationChannel, 'digest' | 'digestTime' | 'digestZone'>;

/** When a channel is told what happens now, and whether with what else happens until then. */
export function toldAt({ digest: kind, digestTime: time, digestZone: zone }: Told, now: Date) {
  if (kind === 'immediately') return { forDigest: false, nextTryAt: now };
  return { forDigest: true, nextTryAt: nextTime({ kind, time, zone, weekday: 1 }, now) };
}

/** What waits for a digest waits for its new time, after the digest was changed in the caller's transaction. */
export async function retime(
  manager: EntityManager,
  before: NotificationChannel,
  { id: channelId, ...after }: NotificationChannel,
  now: Date,
): Promise<void> {
  const isSame = (['digest', 'digestTime', 'digestZone'] as const).every(
    (name) => before[name] === after[name],
  );
  if (isSame) return;
  const waiting = { channelId, state: 'pending', forDigest: true } as const;
  await manager.update(NotificationDelivery, waiting, toldAt(after, now));
}
