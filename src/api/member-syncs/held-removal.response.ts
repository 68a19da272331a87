import { ApiProperty } from '@nestjs/swagger';
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
}

export const presentHeldRemoval = ({ githubId, login }: HeldRemoval): HeldRemovalResponse => ({
  githubId,
  login,
});
