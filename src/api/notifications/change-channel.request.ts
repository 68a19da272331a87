import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsBoolean, ValidateIf } from 'class-validator';
import type { EventType } from '../../integrations/outbox/event-types.js';
import type { DigestKind } from '../../integrations/outbox/notification-channel.entity.js';
import { DigestField, Field, IntegrationIdsField } from './channel.fields.js';

const isGiven = (_: unknown, value: unknown): boolean => value !== undefined;

/** What to change of a channel; everything else stays. */
export class ChangeChannelRequest {
  @Field.name(Field.optional)
  name?: string;

  @Field.address()
  address?: string;

  @Field.recipients()
  recipients?: string[];

  @Field.events(Field.optional)
  events?: EventType[];

  @IntegrationIdsField()
  integrationIds?: number[] | null;

  @DigestField.kind()
  digest?: DigestKind;

  @DigestField.time()
  digestTime?: string;

  @DigestField.zone()
  digestZone?: string;

  @ApiPropertyOptional({ example: true, description: 'Whether it is told what happens.' })
  @ValidateIf(isGiven)
  @IsBoolean({ message: 'enabled must be true or false' })
  enabled?: boolean;

  @ApiPropertyOptional({
    example: false,
    description:
      'Makes a new secret, which only this response shows. Messages are also signed with the old one for 24 hours.',
  })
  @ValidateIf(isGiven)
  @IsBoolean({ message: 'rotateSecret must be true or false' })
  rotateSecret?: boolean;
}
