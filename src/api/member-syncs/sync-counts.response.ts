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
