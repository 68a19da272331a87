import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import { type ChangeKind, RUN_CHANGE_KINDS } from '../../members/changes/member-change.entity.js';
import { PageQuery } from '../shared/page.query.js';
import { PersonFilter } from '../shared/person-filter.js';

/** Which changes of a run to show. */
export class ChangesQuery extends PageQuery {
  @ApiPropertyOptional({ enum: RUN_CHANGE_KINDS, description: 'Without it, all kinds.' })
  @IsOptional()
  @IsIn(RUN_CHANGE_KINDS, { message: `kind must be one of ${RUN_CHANGE_KINDS.join(', ')}` })
  kind?: ChangeKind;

  @PersonFilter()
  person?: string;
}
