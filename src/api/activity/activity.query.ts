import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional, IsString, MaxLength } from 'class-validator';
import { ACTIVITY_KINDS, type ActivityKind } from '../../integrations/activity/activity-query.js';
import { PageQuery } from '../shared/page.query.js';
import { PersonFilter } from '../shared/person-filter.js';

/** Which part of an organization's activity to show. */
export class ActivityQuery extends PageQuery {
  @ApiPropertyOptional({
    enum: ACTIVITY_KINDS,
    description:
      '`sync` and `undo`: what a run is. `failed` and `cancelled`: how it ended. `disabled` and `enabled`: by hand. ' +
      'Others: runs with such a change.',
  })
  @IsOptional()
  @IsIn(ACTIVITY_KINDS, { message: `kind must be one of ${ACTIVITY_KINDS.join(', ')}` })
  kind?: ActivityKind;

  @PersonFilter()
  person?: string;

  @ApiPropertyOptional({
    maxLength: 100,
    example: 'nightly-report',
    description: 'A part of the name of whoever requested, cancelled or decided it.',
  })
  @IsOptional()
  @MaxLength(100, { message: 'by must have at most 100 characters' })
  @IsString({ message: 'by must be given once' })
  by?: string;
}
