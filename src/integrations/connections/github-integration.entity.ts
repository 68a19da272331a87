import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import { bigintAsNumber } from '../../platform/database/columns.js';
import { SyncCounts } from '../runs/sync-counts.js';
import type { ScheduleKind } from '../schedules/schedule.js';

export type MemberSyncStatus = 'pending' | 'syncing' | 'complete' | 'error';

/** A team's connection to one GitHub organization, identified by its numeric id: its login may change. */
@Entity('github_integrations')
export class GithubIntegration {
  @PrimaryGeneratedColumn()
  id: number;

  @Column()
  teamId: number;

  @Column()
  credentialId: number;

  @Column()
  apiUrl: string;

  @Column({ type: 'bigint', transformer: bigintAsNumber })
  organizationId: number;

  @Column()
  organizationLogin: string;

  /** When it was disconnected. Then only the directory is kept: no credential, syncs or schedule. */
  @Column({ type: 'datetime', precision: 3, nullable: true })
  disconnectedAt: Date | null;

  /** The admin chose a directory of public members only. */
  @Column({ default: false })
  publicOnly: boolean;

  @Column({ type: 'datetime', precision: 3 })
  createdAt: Date;

  @Column({ type: 'datetime', precision: 3 })
  updatedAt: Date;

  /** The state of the latest run, only to show: no code decides by these five fields. */
  @Column({ name: 'member_sync_status', type: 'varchar', default: 'pending' })
  memberSyncStatus: MemberSyncStatus;

  /** When the latest run was requested. */
  @Column({ name: 'member_sync_started_at', type: 'datetime', precision: 3, nullable: true })
  memberSyncStartedAt: Date | null;

  /** The last success. */
  @Column({ name: 'member_sync_completed_at', type: 'datetime', precision: 3, nullable: true })
  memberSyncCompletedAt: Date | null;

  @Column({ name: 'member_sync_error', type: 'text', default: '' })
  memberSyncError: string;

  @Column({ name: 'member_sync_result', type: 'simple-json', nullable: true })
  memberSyncResult: SyncCounts | null;

  /** Removals of more than this share of the active members, in percent, and of more than the next number, are held. */
  @Column({ default: 20 })
  holdAbovePercent: number;

  @Column({ default: 5 })
  holdAbovePeople: number;

  @Column({ type: 'varchar', default: 'off' })
  scheduleKind: ScheduleKind;

  @Column({ default: 1 })
  scheduleWeekday: number;

  @Column({ default: '03:00' })
  scheduleTime: string;

  @Column({ default: 'UTC' })
  scheduleZone: string;

  /** When the schedule requests the next sync; null if off. */
  @Column({ type: 'datetime', precision: 3, nullable: true })
  nextSyncAt: Date | null;

  /** For how many days runs and changes are kept; null for the server's limit. */
  @Column({ type: 'int', nullable: true })
  keepDays: number | null;

  /** Changes until then were deleted. */
  @Column({ type: 'datetime', precision: 3, nullable: true })
  changesPrunedUntil: Date | null;

  /** How many runs it had, for the number of the next one. */
  @Column({ default: 0 })
  runCount: number;
}
