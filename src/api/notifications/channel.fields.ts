import { applyDecorators } from '@nestjs/common';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  MaxLength,
  Min,
  ValidateIf,
} from 'class-validator';
import { EVENT_TYPES } from '../../integrations/outbox/event-types.js';
import { DIGEST_KINDS } from '../../integrations/outbox/notification-channel.entity.js';
import { MAX_RECIPIENTS } from '../../notifications/channels/channel-failures.js';

/** More organizations are chosen by null. */
const MAX_INTEGRATIONS = 1_000;

const NAME = { example: 'Operations', minLength: 1, maxLength: 100 };
const ADDRESS = { format: 'uri', maxLength: 2_000, writeOnly: true };
const EVENTS = {
  enum: EVENT_TYPES,
  isArray: true,
  minItems: 1,
  example: ['member.left', 'removals.held', 'run.failed'],
  description: 'What the channel is told.',
};
const INTEGRATIONS = {
  type: 'array' as const,
  items: { type: 'integer', minimum: 1 },
  nullable: true,
  minItems: 1,
  maxItems: MAX_INTEGRATIONS,
  example: null,
  description: 'The ids of the integrations about which it is told. Null for all, also later ones.',
};
const ADDRESS_WORDS =
  'Where messages are sent: an https address, or the address of a Slack incoming webhook. Email has `recipients` instead. It is ' +
  'encrypted at rest and never shown again.';
const RECIPIENTS = {
  type: 'array' as const,
  items: { type: 'string', maxLength: 254 },
  minItems: 1,
  maxItems: MAX_RECIPIENTS,
  description: 'The email addresses to which messages are sent; only for email.',
};

const required = (options: object) => ApiProperty(options);
const optional = (options: object) =>
  applyDecorators(
    ApiPropertyOptional(options),
    ValidateIf((_, value) => value !== undefined),
  );

type Presence = typeof required;

const name = (present: Presence) =>
  applyDecorators(
    present(NAME),
    IsString({ message: 'name must be text' }),
    MaxLength(100, { message: 'name must have at most 100 characters' }),
  );

const address = (example?: string) =>
  applyDecorators(
    optional({ ...ADDRESS, ...(example && { example }), description: ADDRESS_WORDS }),
    IsString({ message: 'address must be text' }),
    MaxLength(2_000, { message: 'address must have at most 2000 characters' }),
  );

const recipients = () =>
  applyDecorators(
    optional(RECIPIENTS),
    IsArray({ message: 'recipients must be a list' }),
    ArrayMinSize(1, { message: 'recipients must have at least one email address' }),
    ArrayMaxSize(MAX_RECIPIENTS, {
      message: `recipients must have at most ${MAX_RECIPIENTS} email addresses`,
    }),
    IsString({ each: true, message: 'recipients must be email addresses' }),
    MaxLength(254, {
      each: true,
      message: 'recipients must have at most 254 characters each',
    }),
  );

const events = (present: Presence) =>
  applyDecorators(
    present(EVENTS),
    IsArray({ message: 'events must be a list' }),
    ArrayMinSize(1, { message: 'events must have at least one event' }),
    ArrayMaxSize(100, { message: 'events must have at most 100 events' }),
    IsIn(EVENT_TYPES, { each: true, message: `events must be some of ${EVENT_TYPES.join(', ')}` }),
  );

/** The fields of a new channel, and of a change. */
export const Field = { name, address, recipients, events, required, optional };

export const IntegrationIdsField = () =>
  applyDecorators(
    ApiPropertyOptional(INTEGRATIONS),
    IsOptional(),
    IsArray({ message: 'integrationIds must be a list, or null for all' }),
    ArrayMinSize(1, { message: 'integrationIds must have at least one id, or be null for all' }),
    ArrayMaxSize(MAX_INTEGRATIONS, {
      message: `integrationIds must have at most ${MAX_INTEGRATIONS} ids`,
    }),
    IsInt({ each: true, message: 'integrationIds must be ids of integrations' }),
    Min(1, { each: true, message: 'integrationIds must be ids of integrations' }),
  );

const DIGEST_TIME = { example: '08:00', pattern: '^([01]\\d|2[0-3]):[0-5]\\d$' };

/** When the channel is told. */
export const DigestField = {
  kind: () =>
    applyDecorators(
      optional({
        ...{ enum: DIGEST_KINDS, example: 'immediately' },
        description:
          'When it is told: of each event, or what has gathered, each hour or day. A webhook is always told `immediately`.',
      }),
      IsIn(DIGEST_KINDS, { message: `digest must be one of ${DIGEST_KINDS.join(', ')}` }),
    ),
  time: () =>
    applyDecorators(
      optional({ ...DIGEST_TIME, description: 'The time of a daily digest.' }),
      IsString({ message: 'digestTime must be text' }),
    ),
  zone: () =>
    applyDecorators(
      optional({
        ...{ example: 'Europe/Berlin', maxLength: 64 },
        description: 'The time zone of that time: a name of the IANA time zone database.',
      }),
      IsString({ message: 'digestZone must be text' }),
    ),
};
