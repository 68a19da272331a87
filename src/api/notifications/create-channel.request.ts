import { ApiProperty } from '@nestjs/swagger';
import { IsIn } from 'class-validator';
import type { EventType } from '../../integrations/outbox/event-types.js';
import {
  CHANNEL_KINDS,
  type ChannelKind,
  type DigestKind,
} from '../../integrations/outbox/notification-channel.entity.js';
import { DigestField, Field, IntegrationIdsField } from './channel.fields.js';

const WRONG_KIND = `kind must be one of ${CHANNEL_KINDS.join(', ')}`;

/** A new channel. */
export class CreateChannelRequest {
  @ApiProperty({ enum: CHANNEL_KINDS, example: 'webhook' })
  @IsIn(CHANNEL_KINDS, { message: WRONG_KIND })
  kind: ChannelKind;

  @Field.name(Field.required)
  name: string;

  @Field.address('https://hooks.example.com/rollcall')
  address?: string;

  @Field.recipients()
  recipients?: string[];

  @Field.events(Field.required)
  events: EventType[];

  @IntegrationIdsField()
  integrationIds?: number[] | null;

  @DigestField.kind()
  digest?: DigestKind;

  @DigestField.time()
  digestTime?: string;

  @DigestField.zone()
  digestZone?: string;
}
