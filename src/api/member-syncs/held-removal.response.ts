import { ApiProperty } from '@nestjs/swagger';
import { HELD_PARTS, type HeldPart } from '../../integrations/removals/held-part.js';
import type { HeldRemoval } from '../../integrations/removals/held-removal.entity.js';

/** A person who is gone, and whose removal waits for an admin. */
export class HeldRemovalResponse {
  @ApiProperty({ type: 'integer', example: 4120733, description: "GitHub's own id." })
  githubId: number;

  @ApiProperty({
    example: 'mara-lindqvist',
    description: 'The login when the run held the removal.',
  })
  login: string;

  @ApiProperty({
    enum: HELD_PARTS,
    example: 'members',
    description: 'Whose list the person is gone from.',
  })
  part: HeldPart;
}

export const presentHeldRemoval = ({
  githubId,
  login,
  part,
}: HeldRemoval): HeldRemovalResponse => ({
  ...{ githubId, login, part },
});
