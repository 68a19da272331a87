import { ApiProperty } from '@nestjs/swagger';
import { EVENT_TYPES, type EventType } from '../../integrations/outbox/event-types.js';
import {
  CHANNEL_KINDS,
  type ChannelKind,
  DIGEST_KINDS,
  type DigestKind,
  type NotificationChannel,
} from '../../integrations/outbox/notification-channel.entity.js';
import type { ChannelWithSecret } from '../../notifications/channels/notification-channels.service.js';

const time = { type: String, format: 'date-time' };

/** Where a team is told what happens. */
export class ChannelResponse {
  @ApiProperty({ type: 'integer', example: 1 })
  id: number;

  @ApiProperty({ enum: CHANNEL_KINDS, example: 'webhook' })
  kind: ChannelKind;

  @ApiProperty({ example: 'Operations' })
  name: string;

  @ApiProperty({
    type: String,
    nullable: true,
    example: 'hooks.example.com',
    description: 'The host of the address. The whole address is never shown. Null for email.',
  })
  host: string | null;

  @ApiProperty({
    type: 'array',
    items: { type: 'string' },
    nullable: true,
    example: null,
    description: 'The email addresses to which it sends. Null for the other kinds.',
  })
  recipients: string[] | null;

  @ApiProperty({ enum: EVENT_TYPES, isArray: true, example: ['member.left', 'run.failed'] })
  events: EventType[];

  @ApiProperty({
    type: 'array',
    items: { type: 'integer' },
    nullable: true,
    example: null,
    description: 'The ids of the integrations about which it is told. Null for all.',
  })
  integrationIds: number[] | null;

  @ApiProperty({
    ...{ enum: DIGEST_KINDS, example: 'immediately' },
    description: 'When it is told: of each event, or what has gathered, each hour or day.',
  })
  digest: DigestKind;

  @ApiProperty({ example: '08:00', description: 'Used by a daily digest.' })
  digestTime: string;

  @ApiProperty({ example: 'Europe/Berlin', description: 'A name of the IANA time zone database.' })
  digestZone: string;

  @ApiProperty({ example: true })
  enabled: boolean;

  @ApiProperty({ ...time, nullable: true, example: null })
  disabledAt: string | null;

  @ApiProperty({
    type: String,
    enum: ['by_admin', 'gone', null],
    nullable: true,
    example: null,
    description: '`gone`: the receiver answered 410. Null while it is on.',
  })
  disabledBecause: NotificationChannel['disabledBecause'];

  @ApiProperty({
    ...time,
    nullable: true,
    example: null,
    description: 'Since when every try has failed. Null where the last one succeeded.',
  })
  failingSince: string | null;

  @ApiProperty({ ...time, example: '2026-11-23T09:30:00.420Z' })
  createdAt: string;

  @ApiProperty({ ...time, example: '2026-11-23T09:30:00.420Z' })
  updatedAt: string;
}

/** A channel, and its secret where that is new. */
export class ChannelWithSecretResponse extends ChannelResponse {
  @ApiProperty({
    type: String,
    nullable: true,
    example: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
    description:
      'With which messages are signed. Shown once, when it is made. Null otherwise, and for other kinds.',
  })
  secret: string | null;
}

export const presentChannel = (channel: NotificationChannel): ChannelResponse => ({
  id: channel.id,
  kind: channel.kind,
  name: channel.name,
  host: channel.host || null,
  recipients: channel.recipients,
  events: channel.events,
  integrationIds: channel.integrationIds,
  ...{ digest: channel.digest, digestTime: channel.digestTime, digestZone: channel.digestZone },
  enabled: channel.disabledAt === null,
  disabledAt: channel.disabledAt?.toISOString() ?? null,
  disabledBecause: channel.disabledBecause,
  failingSince: channel.failingSince?.toISOString() ?? null,
  createdAt: channel.createdAt.toISOString(),
  updatedAt: channel.updatedAt.toISOString(),
});

export const presentWithSecret = ({
  channel,
  secret,
}: ChannelWithSecret): ChannelWithSecretResponse => ({ ...presentChannel(channel), secret });
