import { ApiProperty } from '@nestjs/swagger';
import type { MemberSyncStatus } from '../github-integration.entity.js';
import { SyncCountsResponse } from './sync-counts.response.js';

/** An integration, with where its latest member sync stands. */
export class IntegrationResponse {
  @ApiProperty({ type: 'integer', example: 1 })
  id: number;

  @ApiProperty({ example: 'northwind-labs', description: 'As it was on GitHub at the latest run.' })
  organizationLogin: string;

  @ApiProperty({ type: 'integer', example: 18440219, description: "GitHub's own id." })
  organizationId: number;

  @ApiProperty({ format: 'uri', example: 'https://api.github.com' })
  apiUrl: string;

  @ApiProperty({
    example: false,
    description:
      'Whether it was connected for its public members only: roles are null then, and `left` means no public member any more.',
  })
  publicOnly: boolean;

  @ApiProperty({
    enum: ['pending', 'syncing', 'complete', 'error'],
    example: 'complete',
    description: '`pending` until the first run is asked for.',
  })
  memberSyncStatus: MemberSyncStatus;

  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    example: '2026-11-23T09:30:00.000Z',
    description: 'When the latest run was asked for.',
  })
  memberSyncStartedAt: string | null;

  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    example: '2026-11-23T09:30:12.480Z',
    description: 'The last success.',
  })
  memberSyncCompletedAt: string | null;

  @ApiProperty({
    example: '',
    description: "What went wrong in the latest run, and what to do next; '' where nothing did.",
  })
  memberSyncError: string;

  @ApiProperty({
    type: SyncCountsResponse,
    nullable: true,
    description: 'What the latest finished run did, in people.',
  })
  memberSyncResult: SyncCountsResponse | null;
}
