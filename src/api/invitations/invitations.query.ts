import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional, IsString } from 'class-validator';
import {
  LISTED_STATES,
  type ListedState,
} from '../../members/invitations/organization-invitation.entity.js';
import { PageQuery } from '../shared/page.query.js';

/** Which invitations to show. */
export class InvitationsQuery extends PageQuery {
  @ApiPropertyOptional({ enum: LISTED_STATES, default: 'pending' })
  @IsIn(LISTED_STATES, { message: `state must be ${LISTED_STATES.join(' or ')}` })
  state: ListedState = 'pending';

  @ApiPropertyOptional({
    description:
      'Those that were pending, or had failed, at that time: a time such as 2026-03-01T12:00:00Z, or a date such as ' +
      '2026-03-01, which means the end of that day in UTC. Today means now; the future is rejected. Default: now.',
  })
  @IsOptional()
  @IsString({ message: 'asOf must be given once' })
  asOf?: string;
}
