import { ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsIn, IsOptional, IsString, MaxLength } from 'class-validator';
import type { MemberStatus } from '../../members/member.entity.js';
import { PageQuery } from './page.query.js';

const STATUSES: MemberStatus[] = ['active', 'left', 'disabled'];

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
    message: 'status must be one or several of active, left, disabled, with commas between them',
  })
  status: MemberStatus[] = ['active'];

  @ApiPropertyOptional({
    maxLength: 100,
    description: 'The beginning of a login, or any part of a name, in any case.',
  })
  @IsOptional()
  @MaxLength(100, { message: 'q must have at most 100 characters' })
  @IsString({ message: 'q must be given once' })
  q?: string;

  @ApiPropertyOptional({
    enum: ['login'],
    default: 'login',
    description: 'In any case of the letters.',
  })
  @IsIn(['login'], { message: 'sort must be login' })
  sort: 'login' = 'login';

  @ApiPropertyOptional({
    description:
      'The directory as it was then: a time such as 2026-03-01T12:00:00Z, or a date such as 2026-03-01, which means the end ' +
      'of that day in UTC. Without it, as it is now.',
  })
  @IsOptional()
  @IsString({ message: 'asOf must be given once' })
  asOf?: string;
}
