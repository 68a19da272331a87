import { ApiProperty, ApiSchema } from '@nestjs/swagger';
import type { SyncCounts } from '../../integrations/runs/sync-counts.js';

const count = (example: number, description?: string) =>
  ApiProperty({ type: 'integer', minimum: 0, example, description });

@ApiSchema({
  description: 'People. `created + updated + unchanged + failed = total`.',
})
export class SyncCountsResponse implements SyncCounts {
  @count(2)
  created: number;

  @count(5, 'Anything of theirs changed, or they returned.')
  updated: number;

  @count(2493)
  unchanged: number;

  @count(0, 'Could not be stored.')
  failed: number;

  @count(1, 'Left the organization.')
  deactivated: number;

  @count(1, 'Returned to the organization; counted in `updated` as well.')
  reactivated: number;

  @count(0, 'Left as it seems, but they are so many that an admin must look first.')
  held: number;

  @count(2500, "The size of GitHub's list.")
  total: number;
}
