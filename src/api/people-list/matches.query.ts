import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional, IsString, MaxLength } from 'class-validator';
import { CATEGORIES, type MatchCategory } from '../../reviews/matching/match-category.js';
import { PageQuery } from '../shared/page.query.js';

/** Which matches to show. */
export class MatchesQuery extends PageQuery {
  @ApiPropertyOptional({ enum: CATEGORIES, description: 'Default: all.' })
  @IsOptional()
  @IsIn(CATEGORIES, { message: `category must be one of ${CATEGORIES.join(', ')}` })
  category?: MatchCategory;

  @ApiPropertyOptional({
    maxLength: 254,
    description: 'Words of which each is in the email address, the name or a login.',
  })
  @IsOptional()
  @MaxLength(254, { message: 'search must have at most 254 characters' })
  @IsString({ message: 'search must be given once' })
  search?: string;
}
