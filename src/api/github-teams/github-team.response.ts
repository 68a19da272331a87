import { ApiProperty } from '@nestjs/swagger';
import type { PresentedGithubTeam } from '../../members/github-teams/present-github-team.js';
import { MemberResponse } from '../members/member.response.js';
import { NamedTeamResponse, PlaceResponse } from './place.response.js';

/** A team inside an organization. */
export class GithubTeamResponse extends NamedTeamResponse implements PresentedGithubTeam {
  @ApiProperty({
    enum: ['closed', 'secret'],
    example: 'closed',
    description: 'A `secret` team is visible to its members and to owners only.',
  })
  privacy: PresentedGithubTeam['privacy'];

  @ApiProperty({ type: 'integer', example: 12, description: 'People in the team itself.' })
  members: number;

  @ApiProperty({
    type: 'integer',
    example: 40,
    description: 'With the people of the teams in it, each once.',
  })
  membersWithChildTeams: number;

  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    example: null,
    description: 'When a sync no longer saw it. Null for a team that exists.',
  })
  leftAt: string | null;
}

/** A member of a GitHub team. */
export class TeamMemberResponse extends MemberResponse {
  @ApiProperty({ type: PlaceResponse })
  place: PlaceResponse;
}
