import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional, IsString } from 'class-validator';
import { DIFFERENCE_KINDS, type DifferenceKind } from '../../members/past/member-difference.js';
import { PageQuery } from '../shared/page.query.js';

/** Which two moments to compare. */
export class MemberDiffQuery extends PageQuery {
  @ApiPropertyOptional({
    description:
      'A time such as 2026-03-01T12:00:00Z, or a date such as 2026-03-01, which means the end of that day in UTC. ' +
      'Default: the beginning of the stored history.',
  })
  @IsOptional()
  @IsString({ message: 'from must be given once' })
  from?: string;

  @ApiPropertyOptional({ description: 'In the same form. Default: now.' })
  @IsOptional()
  @IsString({ message: 'to must be given once' })
  to?: string;

  @ApiPropertyOptional({ enum: DIFFERENCE_KINDS, description: 'Without it, all kinds.' })
  @IsOptional()
  @IsIn(DIFFERENCE_KINDS, { message: `kind must be one of ${DIFFERENCE_KINDS.join(', ')}` })
  kind?: DifferenceKind;
}
