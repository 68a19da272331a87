import { ApiProperty } from '@nestjs/swagger';
import type {
  NamedTeam,
  PresentedGithubTeam,
  PresentedPlace,
} from '../../members/github-teams/present-github-team.js';
import { MemberResponse } from '../members/member.response.js';

/** Which GitHub team it is. */
export class NamedTeamResponse implements NamedTeam {
  @ApiProperty({ type: 'integer', example: 1 })
  id: number;

  @ApiProperty({
    type: 'integer',
    example: 7_214_033,
    description: "GitHub's id. It stays the same when the slug changes.",
  })
  githubId: number;

  @ApiProperty({ example: 'platform' })
  slug: string;

  @ApiProperty({ example: 'Platform' })
  name: string;

  @ApiProperty({
    type: 'integer',
    nullable: true,
    example: null,
    description: 'The `id` of the team that it is in. Null at the top.',
  })
  parentId: number | null;
}

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

/** Somebody's place in a GitHub team. */
export class PlaceResponse implements PresentedPlace {
  @ApiProperty({ type: NamedTeamResponse })
  githubTeam: NamedTeamResponse;

  @ApiProperty({ enum: ['maintainer', 'member'], example: 'member', description: 'In that team.' })
  role: PresentedPlace['role'];

  @ApiProperty({ example: false, description: 'Whether it follows from a place in a child team.' })
  inherited: boolean;
}

/** A member of a GitHub team. */
export class TeamMemberResponse extends MemberResponse {
  @ApiProperty({ type: PlaceResponse })
  place: PlaceResponse;
}
