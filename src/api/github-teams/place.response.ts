import { ApiProperty } from '@nestjs/swagger';
import type { NamedTeam, PresentedPlace } from '../../members/github-teams/present-github-team.js';

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

/** Somebody's place in a GitHub team. */
export class PlaceResponse implements PresentedPlace {
  @ApiProperty({ type: NamedTeamResponse })
  githubTeam: NamedTeamResponse;

  @ApiProperty({ enum: ['maintainer', 'member'], example: 'member', description: 'In that team.' })
  role: PresentedPlace['role'];

  @ApiProperty({ example: false, description: 'Whether it follows from a place in a child team.' })
  inherited: boolean;
}
