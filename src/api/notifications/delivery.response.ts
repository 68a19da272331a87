import { ApiProperty } from '@nestjs/swagger';
import type {
  DeliveryState,
  NotificationDelivery,
} from '../../notifications/delivery/notification-delivery.entity.js';
import type { Attempt } from '../../notifications/sending/attempt.js';

const time = { type: String, format: 'date-time' };
const count = { type: 'integer' } as const;

const STATUS = {
  ...count,
  nullable: true,
  example: 204,
  description: 'The HTTP status of the last answer, or its SMTP code. Null without one.',
};
const ANSWER = {
  type: String,
  nullable: true,
  example: '',
  description: 'The first 1,024 bytes of the last answer.',
};
const ERROR = {
  type: String,
  nullable: true,
  example: null,
  description: 'Why the last try failed. Null where it did not.',
};

/** How the test of a channel went. */
export class ChannelTestResponse {
  @ApiProperty({
    example: true,
    description:
      'Whether it was accepted: by a status from 200 to 299, or by the mail server for all recipients.',
  })
  delivered: boolean;

  @ApiProperty(STATUS)
  status: number | null;

  @ApiProperty(ANSWER)
  answer: string | null;

  @ApiProperty(ERROR)
  error: string | null;

  @ApiProperty({ ...count, example: 84, description: 'How long it took, in ms.' })
  durationMs: number;
}

/** One message for one channel, and how the last try went. */
export class DeliveryResponse {
  @ApiProperty({ ...count, example: 7 })
  id: number;

  @ApiProperty({
    example: 'msg_2d0d7cbb5e7d4d3a9d0d4a4a7e2f4a11',
    description:
      'The `webhook-id` of the message, or the first part of the `Message-ID` of an email: the same at each try.',
  })
  messageId: string;

  @ApiProperty({ example: 'member.left', description: 'The event, or `channel.digest`.' })
  type: string;

  @ApiProperty({ ...count, nullable: true, example: 1 })
  integrationId: number | null;

  @ApiProperty({
    enum: ['pending', 'delivered', 'dead'],
    example: 'delivered',
    description:
      '`dead`: it failed for 3 days, a mail server refused it for good, or the channel was switched off.',
  })
  state: DeliveryState;

  @ApiProperty({ ...count, example: 1, description: 'How often it was tried.' })
  attempts: number;

  @ApiProperty({ ...time, example: '2026-11-23T09:30:00.420Z' })
  createdAt: string;

  @ApiProperty({ ...time, nullable: true, example: '2026-11-23T09:30:01.100Z' })
  lastTriedAt: string | null;

  @ApiProperty({ ...time, nullable: true, example: null, description: 'Null where it has ended.' })
  nextTryAt: string | null;

  @ApiProperty(STATUS)
  status: number | null;

  @ApiProperty(ANSWER)
  answer: string | null;

  @ApiProperty(ERROR)
  error: string | null;

  @ApiProperty({
    ...count,
    nullable: true,
    example: 84,
    description: 'How long the last try took, in ms.',
  })
  durationMs: number | null;

  @ApiProperty({
    ...count,
    nullable: true,
    example: null,
    description: 'The delivery that this one repeats, because somebody asked for it.',
  })
  redeliversId: number | null;
}

export const presentTest = ({ isDelivered, ms, status, answer, error }: Attempt) =>
  ({
    ...{ delivered: isDelivered, status, answer, error, durationMs: ms },
  }) satisfies ChannelTestResponse;

export const presentDelivery = (delivery: NotificationDelivery): DeliveryResponse => ({
  id: delivery.id,
  messageId: delivery.message.messageId,
  type: delivery.message.type,
  integrationId: delivery.integrationId || null,
  state: delivery.state,
  attempts: delivery.attempts,
  createdAt: delivery.createdAt.toISOString(),
  lastTriedAt: delivery.lastTriedAt?.toISOString() ?? null,
  nextTryAt: delivery.state === 'pending' ? delivery.nextTryAt.toISOString() : null,
  status: delivery.status,
  answer: delivery.answer,
  error: delivery.error,
  durationMs: delivery.durationMs,
  redeliversId: delivery.redeliversId,
});
