import { ApiProperty, ApiPropertyOptional, ApiSchema } from '@nestjs/swagger';
import { PART_STATES, type PartResult, type PartResults } from '../../integrations/parts/part.js';
import type { RunResult, SyncCounts } from '../../integrations/runs/sync-counts.js';

const count = (example: number, description?: string) =>
  ApiProperty({ type: 'integer', minimum: 0, example, description });

@ApiSchema({
  description: 'People. `created + updated + unchanged + failed = total`.',
})
export class SyncCountsResponse implements SyncCounts {
  @count(2)
  created: number;

  @count(5, 'People with any change, including people who returned.')
  updated: number;

  @count(2493)
  unchanged: number;

  @count(0, 'Could not be stored.')
  failed: number;

  @count(1, 'Left the organization.')
  deactivated: number;

  @count(1, 'Returned to the organization. Also counted in `updated`.')
  reactivated: number;

  @count(0, 'May have left. The number is above the removal limit, so an admin must approve.')
  held: number;

  @count(2500, "The size of GitHub's list.")
  total: number;
}

class PartResultResponse implements PartResult {
  @ApiProperty({ enum: PART_STATES, example: 'complete' })
  state: PartResult['state'];

  @count(1)
  added: number;

  @count(0)
  changed: number;

  @count(0)
  removed: number;

  @count(12, "The size of GitHub's list.")
  total: number;

  @ApiPropertyOptional({
    type: 'integer',
    minimum: 0,
    example: 0,
    description:
      'Only of `teams`, where the run held some: teams and memberships that may be gone. They are above the removal ' +
      'limit, so an admin must approve.',
  })
  held?: number;
}

const part = () => ApiPropertyOptional({ type: PartResultResponse });

@ApiSchema({ description: 'The parts that the run looked at.' })
class PartResultsResponse implements PartResults {
  @part()
  members?: PartResultResponse;

  @part()
  outsideCollaborators?: PartResultResponse;

  @part()
  invitations?: PartResultResponse;

  @part()
  teams?: PartResultResponse;

  @part()
  identities?: PartResultResponse;
}

/** The counts of members, and of each part. */
export class RunResultResponse extends SyncCountsResponse implements RunResult {
  @ApiPropertyOptional({
    type: PartResultsResponse,
    description: 'Only for a complete run of scope `everybody`.',
  })
  parts?: PartResultsResponse;
}
