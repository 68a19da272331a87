import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsIn,
  IsInt,
  IsObject,
  IsOptional,
  IsString,
  MaxLength,
  Min,
  ValidateIf,
  ValidateNested,
} from 'class-validator';
import { validationFailed } from '../../platform/web/validation.js';
import type { DecidedRows } from '../../reviews/access-reviews/item-decisions.js';
import { DECISIONS, type Decision } from '../../reviews/access-reviews/review-decisions.js';
import { ItemFilterRequest } from './review.fields.js';

const MAX_IDS = 1_000;
const WRONG_DECISION = `decision must be one of ${DECISIONS.join(', ')}, or null`;
const WRONG_IDS = 'ids must be ids of rows';

/** A decision about many rows at once: chosen ones, or all that a filter finds. */
export class DecideItemsRequest {
  @ApiProperty({
    enum: [...DECISIONS, null],
    type: String,
    nullable: true,
    example: 'keep',
    description: 'Null takes decisions back.',
  })
  @ValidateIf(({ decision }) => decision !== null)
  @IsIn(DECISIONS, { message: WRONG_DECISION })
  decision: Decision | null;

  @ApiPropertyOptional({
    maxLength: 1_000,
    description: 'Why. Required for `remove` and `question`.',
  })
  @IsOptional()
  @MaxLength(1_000, { message: 'reason must have at most 1000 characters' })
  @IsString({ message: 'reason must be text' })
  reason?: string;

  @ApiPropertyOptional({
    type: 'array',
    items: { type: 'integer', minimum: 1 },
    minItems: 1,
    maxItems: MAX_IDS,
    description: 'The ids of rows. Either `ids` or `filter` is required.',
  })
  @IsOptional()
  @Min(1, { each: true, message: WRONG_IDS })
  @IsInt({ each: true, message: WRONG_IDS })
  @ArrayMaxSize(MAX_IDS, { message: `ids must have at most ${MAX_IDS} ids` })
  @ArrayMinSize(1, { message: 'ids must have at least one id' })
  @IsArray({ message: 'ids must be a list' })
  ids?: number[];

  @ApiPropertyOptional({
    type: ItemFilterRequest,
    example: {},
    description: 'All rows that this finds; `{}` for all rows of the review.',
  })
  @IsOptional()
  @Type(() => ItemFilterRequest)
  @ValidateNested()
  @IsObject({ message: 'filter must be an object' })
  filter?: ItemFilterRequest;
}

/** @throws PublicError `validation_failed` where both are given, or none */
export function rowsOf({ ids, filter }: DecideItemsRequest): DecidedRows {
  if (ids && !filter) return { ids };
  if (filter && !ids) return { filter };
  throw validationFailed([{ field: 'ids', problem: 'either ids or filter must be given' }]);
}
