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
    description: '1 is Monday, 7 is Sunday. Used by a weekly schedule.',
  })
  weekday: number;

  @ApiProperty({ example: '03:00', description: 'Used by a daily and a weekly schedule.' })
  time: string;

  @ApiProperty({ example: 'Europe/Berlin', description: 'A name of the IANA time zone database.' })
  zone: string;
}

/** An integration, with the state of its latest member sync. */
export class IntegrationResponse {
  @ApiProperty({ type: 'integer', example: 1 })
  id: number;

  @ApiProperty({ example: 'northwind-labs', description: 'The login at the latest run.' })
  organizationLogin: string;

  @ApiProperty({ type: 'integer', example: 18440219, description: "GitHub's own id." })
  organizationId: number;

  @ApiProperty({ format: 'uri', example: 'https://api.github.com' })
  apiUrl: string;

  @ApiProperty({
    example: false,
    description:
      'Whether only public members are kept. Roles are then null, and `left` means: no longer a public member.',
  })
  publicOnly: boolean;

  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    example: null,
    description:
      'When the organization was disconnected and its directory kept. Null while it is connected.',
  })
  disconnectedAt: string | null;

  @ApiProperty({
    type: CredentialResponse,
    nullable: true,
    description: 'Null while the organization is disconnected.',
  })
  credential: CredentialResponse | null;

  @ApiProperty({ type: ScheduleResponse })
  schedule: ScheduleResponse;

  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    example: '2026-11-24T03:12:41.000Z',
    description: 'The next scheduled sync. Null when the schedule is off.',
  })
  nextSyncAt: string | null;

  @ApiProperty({
    enum: ['pending', 'syncing', 'complete', 'error'],
    example: 'complete',
    description: '`pending` until the first run is requested.',
  })
  memberSyncStatus: MemberSyncStatus;

  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    example: '2026-11-23T09:30:00.000Z',
    description: 'When the latest run was requested.',
  })
  memberSyncStartedAt: string | null;

  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    example: '2026-11-23T09:30:12.480Z',
    description: 'When the last run succeeded.',
  })
  memberSyncCompletedAt: string | null;

  @ApiProperty({
    example: '',
    description: "The error of the latest run and what to do next. '' when there is no error.",
  })
  memberSyncError: string;

  @ApiProperty({
    type: SyncCountsResponse,
    nullable: true,
    description: 'Counts of people in the latest finished run.',
  })
  memberSyncResult: SyncCountsResponse | null;
}
