import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import { bigintAsNumber } from '../../platform/database/columns.js';
import { SyncCounts } from '../runs/sync-counts.js';
import type { ScheduleKind } from '../schedules/schedule.js';

export type MemberSyncStatus = 'pending' | 'syncing' | 'complete' | 'error';

/** A team's connection to one GitHub organization, which is known by its numeric id: its login may change. */
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

  /** Since when nothing but the directory is kept: no credential, no syncs, no schedule. */
  @Column({ type: 'datetime', precision: 3, nullable: true })
  disconnectedAt: Date | null;

  /** Declared on purpose: the directory is of those who show their membership to everybody. */
  @Column({ default: false })
  publicOnly: boolean;

  @Column({ type: 'datetime', precision: 3 })
  createdAt: Date;

  @Column({ type: 'datetime', precision: 3 })
  updatedAt: Date;

  /** Where the latest run stands, for people to read: nothing decides by these five fields. */
  @Column({ name: 'member_sync_status', type: 'varchar', default: 'pending' })
  memberSyncStatus: MemberSyncStatus;

  /** When the latest run was asked for. */
  @Column({ name: 'member_sync_started_at', type: 'datetime', precision: 3, nullable: true })
  memberSyncStartedAt: Date | null;

  /** The last success. */
  @Column({ name: 'member_sync_completed_at', type: 'datetime', precision: 3, nullable: true })
  memberSyncCompletedAt: Date | null;

  @Column({ name: 'member_sync_error', type: 'text', default: '' })
  memberSyncError: string;

  @Column({ name: 'member_sync_result', type: 'simple-json', nullable: true })
  memberSyncResult: SyncCounts | null;

  /** Removals of more than this share of the active members, in percent, and of more than so many people, are held. */
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

  /** When the schedule asks for a sync; null where it is off. */
  @Column({ type: 'datetime', precision: 3, nullable: true })
  nextSyncAt: Date | null;

  /** For how many days runs and changes are kept; null for as long as the server says. */
  @Column({ type: 'int', nullable: true })
  keepDays: number | null;

  /** Changes up to then are no longer kept. */
  @Column({ type: 'datetime', precision: 3, nullable: true })
  changesPrunedUntil: Date | null;
}
