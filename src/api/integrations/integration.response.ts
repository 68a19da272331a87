import { ApiProperty } from '@nestjs/swagger';
import type { MemberSyncStatus } from '../../integrations/connections/github-integration.entity.js';
import { SCHEDULE_KINDS, type ScheduleKind } from '../../integrations/schedules/schedule.js';
import { SyncCountsResponse } from '../member-syncs/sync-counts.response.js';
import { CredentialResponse } from './credential.response.js';

/** When an integration is synced. */
export class ScheduleResponse {
  @ApiProperty({ enum: SCHEDULE_KINDS, example: 'daily' })
  kind: ScheduleKind;

  @ApiProperty({
    type: 'integer',
    minimum: 1,
    maximum: 7,
    example: 1,
    description: 'Monday to Sunday; of a weekly schedule.',
  })
  weekday: number;

  @ApiProperty({ example: '03:00', description: 'Of a daily and a weekly schedule.' })
  time: string;

  @ApiProperty({ example: 'Europe/Berlin', description: 'Of the IANA time zone database.' })
  zone: string;
}

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
    type: String,
    format: 'date-time',
    nullable: true,
    example: null,
    description:
      'Since when it is disconnected, and only its directory is kept; null where it is connected.',
  })
  disconnectedAt: string | null;

  @ApiProperty({
    type: CredentialResponse,
    nullable: true,
    description: 'Null where the organization is disconnected.',
  })
  credential: CredentialResponse | null;

  @ApiProperty({ type: ScheduleResponse })
  schedule: ScheduleResponse;

  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    example: '2026-11-24T03:12:41.000Z',
    description: 'When the schedule asks for a sync; null where it is off.',
  })
  nextSyncAt: string | null;

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
