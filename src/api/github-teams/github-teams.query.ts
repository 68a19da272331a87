import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional, IsString } from 'class-validator';
import { PageQuery } from '../shared/page.query.js';

const STATES = ['existing', 'deleted'] as const;

/** Which GitHub teams to show. */
export class GithubTeamsQuery extends PageQuery {
  @ApiPropertyOptional({
    enum: STATES,
    default: 'existing',
    description: '`deleted`: those that syncs saw earlier, as long as their history is kept.',
  })
  @IsIn(STATES, { message: `state must be ${STATES.join(' or ')}` })
  state: (typeof STATES)[number] = 'existing';

  @ApiPropertyOptional({
    description:
      'The teams that existed at that time, with the names and counts of that time: a time such as 2026-03-01T12:00:00Z, or ' +
      'a date such as 2026-03-01, which means the end of that day in UTC. Today means now; the future is rejected.',
  })
  @IsOptional()
  @IsString({ message: 'asOf must be given once' })
  asOf?: string;
}

/** Which people of a GitHub team to show. */
export class TeamMembersQuery extends PageQuery {
  @ApiPropertyOptional({
    enum: ['true', 'false'],
    default: 'false',
    description: 'Also the people who are only in teams within it.',
  })
  @IsIn(['true', 'false'], { message: 'includeChildTeams must be true or false' })
  includeChildTeams: 'true' | 'false' = 'false';

  @ApiPropertyOptional({
    description:
      'Who was in it at that time, with the teams within it of that time: a time such as 2026-03-01T12:00:00Z, or a date such ' +
      'as 2026-03-01, which means the end of that day in UTC. Today means now; the future is rejected.',
  })
  @IsOptional()
  @IsString({ message: 'asOf must be given once' })
  asOf?: string;
}
