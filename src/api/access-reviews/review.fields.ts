import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional, IsString, MaxLength } from 'class-validator';
import { AFFILIATIONS, type Affiliation } from '../../members/affiliation.js';
import type { OrganizationRole } from '../../members/member.entity.js';
import type { ItemFilter } from '../../reviews/access-reviews/find-items.js';
import {
  DECISION_FILTERS,
  type DecisionFilter,
} from '../../reviews/access-reviews/review-decisions.js';

const ROLES: OrganizationRole[] = ['admin', 'member'];

/** Which rows of a review; without a field, all. */
export class ItemFilterRequest implements ItemFilter {
  @ApiPropertyOptional({ maxLength: 255, description: 'The login of an organization.' })
  @IsOptional()
  @MaxLength(255, { message: 'organization must have at most 255 characters' })
  @IsString({ message: 'organization must be given once' })
  organization?: string;

  @ApiPropertyOptional({ enum: DECISION_FILTERS })
  @IsOptional()
  @IsIn(DECISION_FILTERS, { message: `decision must be one of ${DECISION_FILTERS.join(', ')}` })
  decision?: DecisionFilter;

  @ApiPropertyOptional({ enum: AFFILIATIONS })
  @IsOptional()
  @IsIn(AFFILIATIONS, { message: `affiliation must be ${AFFILIATIONS.join(' or ')}` })
  affiliation?: Affiliation;

  @ApiPropertyOptional({ enum: ROLES })
  @IsOptional()
  @IsIn(ROLES, { message: 'role must be admin or member' })
  role?: OrganizationRole;

  @ApiPropertyOptional({
    maxLength: 254,
    description: "A reviewer's email address, or `any` for rows that any admin decides.",
  })
  @IsOptional()
  @MaxLength(254, { message: 'reviewer must have at most 254 characters' })
  @IsString({ message: 'reviewer must be given once' })
  reviewer?: string;

  @ApiPropertyOptional({
    maxLength: 254,
    description:
      'Words of which each is in the login, the name, the name or address of the people list, or the SAML NameID.',
  })
  @IsOptional()
  @MaxLength(254, { message: 'search must have at most 254 characters' })
  @IsString({ message: 'search must be given once' })
  search?: string;
}
