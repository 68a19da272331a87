import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { HELD_PARTS, type HeldPart } from '../../integrations/removals/held-part.js';
import type { HeldRemoval } from '../../integrations/removals/held-removal.entity.js';
import type { HeldTeamRemoval } from '../../integrations/removals/held-team-removal.entity.js';

class HeldGithubTeamResponse {
  @ApiProperty({ type: 'integer', example: 7, description: "Rollcall's id of the team." })
  id: number;

  @ApiProperty({ example: 'Platform', description: 'The name when the run held the removal.' })
  name: string;
}

/** A person who is gone, or a GitHub team or a membership of one, whose removal waits for an admin. */
export class HeldRemovalResponse {
  @ApiProperty({
    type: 'integer',
    nullable: true,
    example: 4120733,
    description: "GitHub's own id of the person. Null for a team itself.",
  })
  githubId: number | null;

  @ApiProperty({
    type: String,
    nullable: true,
    example: 'mara-lindqvist',
    description: 'The login when the run held the removal. Null for a team itself.',
  })
  login: string | null;

  @ApiProperty({
    enum: [...HELD_PARTS, 'teams'],
    example: 'members',
    description:
      'Whose list the person is gone from. `teams`: a GitHub team, or a membership of one.',
  })
  part: HeldPart | 'teams';

  @ApiPropertyOptional({ type: HeldGithubTeamResponse, description: 'Only of part `teams`.' })
  githubTeam?: HeldGithubTeamResponse;

  @ApiPropertyOptional({
    type: 'integer',
    minimum: 0,
    example: 12,
    description: 'Only of part `teams`: how many memberships end with the removal.',
  })
  memberships?: number;
}

export const presentHeldRemoval = ({
  githubId,
  login,
  part,
}: HeldRemoval): HeldRemovalResponse => ({
  ...{ githubId, login, part },
});

export function presentHeldOfTeam(held: HeldTeamRemoval): HeldRemovalResponse {
  const { githubTeamId: id, teamName: name, placeId, githubId, login, memberships } = held;
  const person = placeId === null ? { githubId: null, login: null } : { githubId, login };
  return { ...person, part: 'teams', githubTeam: { id, name }, memberships };
}
