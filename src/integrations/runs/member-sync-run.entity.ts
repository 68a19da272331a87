import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import type { ChangeCounts } from '../../members/changes/changes.js';
import { SyncCounts } from './sync-counts.js';

export type RunState = 'queued' | 'running' | 'waiting' | 'complete' | 'error' | 'cancelled';
export type RunTrigger = 'manual' | 'onboarding' | 'schedule' | 'api' | 'cli';
export type RunPhase = 'preparing' | 'members' | 'removals';

/** One execution of a member sync: the durable record, and the one truth that page, API and command line show. */
@Entity('member_sync_runs')
export class MemberSyncRun {
  @PrimaryGeneratedColumn()
  id: number;

  @Column()
  integrationId: number;

  /** The integration's id while the run is unfinished, else null; unique, so that there is one at a time. */
  @Column({ type: 'int', nullable: true })
  unfinishedIntegrationId: number | null;

  @Column({ name: 'trigger_kind', type: 'varchar' })
  trigger: RunTrigger;

  @Column({ type: 'varchar', nullable: true })
  requestedBy: string | null;

  @Column({ type: 'datetime', precision: 3 })
  requestedAt: Date;

  @Column({ type: 'varchar' })
  state: RunState;

  /** How often the run was claimed. Every write of a worker names the epoch of its own claim. */
  @Column({ default: 0 })
  epoch: number;

  @Column({ type: 'varchar', length: 36, nullable: true })
  claimedBy: string | null;

  /** Until when the worker that claimed the run is believed to be alive, by the database's clock. */
  @Column({ type: 'datetime', precision: 3, nullable: true })
  leasedUntil: Date | null;

  /** When the queue was last told of the run. */
  @Column({ type: 'datetime', precision: 3, nullable: true })
  handedOverAt: Date | null;

  /** Why the queue did not take the run; null where it did, and until it was asked. */
  @Column({ type: 'varchar', nullable: true })
  queueProblem: string | null;

  @Column({ type: 'datetime', precision: 3, nullable: true })
  startedAt: Date | null;

  @Column({ type: 'datetime', precision: 3, nullable: true })
  finishedAt: Date | null;

  @Column({ type: 'datetime', precision: 3, nullable: true })
  resumesAt: Date | null;

  @Column({ type: 'varchar', nullable: true })
  phase: RunPhase | null;

  @Column({ default: 0 })
  done: number;

  @Column({ type: 'int', nullable: true })
  total: number | null;

  @Column({ type: 'simple-json', nullable: true })
  result: SyncCounts | null;

  /** How many changes of each kind it made; null for runs of before this was kept. */
  @Column({ type: 'simple-json', nullable: true })
  changeCounts: ChangeCounts | null;

  /** How many members were active when it ended; null until then, and for runs of before this was kept. */
  @Column({ type: 'int', nullable: true })
  activeAfter: number | null;

  @Column({ type: 'varchar', nullable: true })
  errorCode: string | null;

  @Column({ type: 'text', nullable: true })
  errorMessage: string | null;

  @Column({ type: 'text', nullable: true })
  errorRemedy: string | null;

  @Column({ default: 0 })
  githubRequests: number;

  @Column({ default: 0 })
  githubNotModified: number;

  /** How often a worker was lost and another took the run over; handing it back is not counted. */
  @Column({ default: 0 })
  takeovers: number;

  /** How many members were active when the run began. */
  @Column({ type: 'int', nullable: true })
  activeBefore: number | null;

  /** What an admin decided of the removals that the run held, who and when. */
  @Column({ type: 'varchar', nullable: true })
  removalDecision: 'approve' | 'reject' | null;

  @Column({ type: 'varchar', nullable: true })
  removalDecidedBy: string | null;

  @Column({ type: 'datetime', precision: 3, nullable: true })
  removalDecidedAt: Date | null;

  /** The run whose effects this one undid. */
  @Column({ type: 'int', nullable: true })
  undoesRunId: number | null;
}
