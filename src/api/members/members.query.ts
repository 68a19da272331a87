import { ApiPropertyOptional } from '@nestjs/swagger';
import { Transform, Type } from 'class-transformer';
import { IsIn, IsOptional, IsString, Matches, MaxLength } from 'class-validator';
import {
  ACCOUNT_TYPES,
  JOINED_WITHIN_DAYS,
  type MemberSort,
  SORTS,
} from '../../members/listing/member-query.js';
import type { MemberStatus, OrganizationRole } from '../../members/member.entity.js';
import { PageQuery } from '../shared/page.query.js';

const STATUSES: MemberStatus[] = ['active', 'left', 'disabled'];
const ROLES: OrganizationRole[] = ['admin', 'member'];

/** Whom of a directory to show. */
export class MembersQuery extends PageQuery {
  @ApiPropertyOptional({
    type: 'array',
    items: { type: 'string', enum: STATUSES },
    default: ['active'],
    description: 'One or several, with commas between them.',
  })
  @Transform(({ value }: { value: unknown }) => String(value).split(','))
  @IsIn(STATUSES, {
    each: true,
    message: 'status must be one or more of active, left, disabled, separated by commas',
  })
  status: MemberStatus[] = ['active'];

  @ApiPropertyOptional({
    maxLength: 100,
    description: 'The beginning of the login, or of any word of the name, in any case.',
  })
  @IsOptional()
  // As the page does.
  @Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.trim() : value))
  @MaxLength(100, { message: 'q must have at most 100 characters' })
  @Matches(/^[^\0]*$/, { message: 'q must not contain a NUL character' })
  @IsString({ message: 'q must be given once' })
  q?: string;

  @ApiPropertyOptional({ enum: ROLES, description: 'Only those whose role is seen and is this.' })
  @IsOptional()
  @IsIn(ROLES, { message: 'role must be admin or member' })
  role?: OrganizationRole;

  @ApiPropertyOptional({
    enum: ['on', 'off'],
    description: 'Only those whose two-factor authentication is seen, and is on or off.',
  })
  @IsOptional()
  @IsIn(['on', 'off'], { message: 'twoFactor must be on or off' })
  twoFactor?: 'on' | 'off';

  @ApiPropertyOptional({
    enum: ['true', 'false'],
    description: 'Only those of whom GitHub tells that they are suspended, or are not.',
  })
  @IsOptional()
  @IsIn(['true', 'false'], { message: 'suspended must be true or false' })
  suspended?: 'true' | 'false';

  @ApiPropertyOptional({
    enum: ACCOUNT_TYPES,
    description:
      "Only accounts of this kind, in GitHub's words: bots may be members of an Enterprise Server's organization.",
  })
  @IsOptional()
  @IsIn(ACCOUNT_TYPES, { message: `type must be one of ${ACCOUNT_TYPES.join(', ')}` })
  type?: (typeof ACCOUNT_TYPES)[number];

  @ApiPropertyOptional({
    type: 'integer',
    enum: JOINED_WITHIN_DAYS,
    description: 'Only those who joined in so many days; of those who left, who left in them.',
  })
  @IsOptional()
  @Type(() => Number)
  @IsIn(JOINED_WITHIN_DAYS, { message: 'within must be 7, 30 or 90' })
  within?: (typeof JOINED_WITHIN_DAYS)[number];

  @ApiPropertyOptional({
    enum: SORTS,
    default: 'login',
    description:
      'By login or name in any case of the letters, or by since when people are what they are; downwards with `-`.',
  })
  @IsIn(SORTS, { message: `sort must be one of ${SORTS.join(', ')}` })
  sort: MemberSort = 'login';

  @ApiPropertyOptional({
    description:
      'The directory as it was then: a time such as 2026-03-01T12:00:00Z, or a date such as 2026-03-01, which means the end ' +
      'of that day in UTC. Without it, as it is now.',
  })
  @IsOptional()
  @IsString({ message: 'asOf must be given once' })
  asOf?: string;
}
