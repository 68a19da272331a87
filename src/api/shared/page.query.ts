import { ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsInt, IsOptional, IsString, Max, MaxLength, Min } from 'class-validator';

const RANGE = { message: 'limit must be a whole number from 1 to 100' };

/** Which part of a list to show. */
export class PageQuery {
  @ApiPropertyOptional({
    type: 'integer',
    minimum: 1,
    maximum: 100,
    default: 30,
    description: 'Maximum number of items.',
  })
  @Type(() => Number)
  @IsInt(RANGE)
  @Min(1, RANGE)
  @Max(100, RANGE)
  limit: number = 30;

  @ApiPropertyOptional({
    maxLength: 2000,
    description:
      '`nextCursor` of the previous page, unchanged. Without it the list starts at the beginning.',
  })
  @IsOptional()
  @MaxLength(2000, { message: 'cursor must be `nextCursor` of the previous page, unchanged' })
  @IsString({ message: 'cursor must be given once, as `nextCursor` of the previous page' })
  cursor?: string;
}
