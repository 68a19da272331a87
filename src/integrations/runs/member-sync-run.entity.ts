import {
  Column,
  Entity,
  JoinColumn,
  ManyToOne,
  PrimaryGeneratedColumn,
  type Relation,
} from 'typeorm';
import type { ChangeCounts } from '../../members/changes/changes.js';
import { PARTS } from '../parts/part.js';
import type { RunResult } from './sync-counts.js';

export type RunState = 'queued' | 'running' | 'waiting' | 'complete' | 'error' | 'cancelled';
export type RunTrigger = 'manual' | 'onboarding' | 'schedule' | 'api' | 'cli' | 'webhook';
/** What a run looks at: everybody, or the people whom hints or a person named. */
export type RunScope = 'everybody' | 'people';
export const RUN_PHASES = ['preparing', 'removals', ...PARTS] as const;
export type RunPhase = (typeof RUN_PHASES)[number];

/** One execution of a member sync: the stored record that page, API and command line show. */
@Entity('member_sync_runs')
export class MemberSyncRun {
  @PrimaryGeneratedColumn()
  id: number;

  @Column()
  integrationId: number;

  /** Counts the runs of the integration, for people to read; null for a run that an older build requested. */
  @Column({ name: 'run_number', type: 'int', nullable: true })
  number: number | null;

  /** The integration's id while the run is unfinished, else null; unique: one unfinished run at a time. */
  @Column({ type: 'int', nullable: true })
  unfinishedIntegrationId: number | null;

  @Column({ name: 'trigger_kind', type: 'varchar' })
  trigger: RunTrigger;

  @Column({ type: 'varchar', default: 'everybody' })
  scope: RunScope;

  /** How many people a run of scope `people` looks at; null until it has begun, and for everybody. */
  @Column({ type: 'int', nullable: true })
  people: number | null;

  /** The newest hint when a run of scope `everybody` began: it looks at all of them up to this one. */
  @Column({ type: 'int', nullable: true })
  hintsUntil: number | null;

  /** How many changes a run of scope `everybody` found that no hint had told; null where no webhook was set up. */
  @Column({ type: 'int', nullable: true })
  missed: number | null;

  @Column({ type: 'varchar', nullable: true })
  requestedBy: string | null;

  @Column({ type: 'datetime', precision: 3 })
  requestedAt: Date;

  @Column({ type: 'varchar' })
  state: RunState;

  /** How often the run was claimed. A worker's writes require the epoch of its claim. */
  @Column({ default: 0 })
  epoch: number;

  @Column({ type: 'varchar', length: 36, nullable: true })
  claimedBy: string | null;

  /** When the worker's claim expires unless it is extended, by the database's clock. */
  @Column({ type: 'datetime', precision: 3, nullable: true })
  leasedUntil: Date | null;

  /** When the run was last added to the queue. */
  @Column({ type: 'datetime', precision: 3, nullable: true })
  handedOverAt: Date | null;

  /** Why the run could not be added to the queue; null if it could, or not yet tried. */
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
  result: RunResult | null;

  /** The number of changes of each kind; null for older runs, which did not store it. */
  @Column({ type: 'simple-json', nullable: true })
  changeCounts: ChangeCounts | null;

  /** The number of active members at its end; null until then, and for older runs, which did not store it. */
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

  /** While it runs: whether GitHub does not answer, and requests are tried again. */
  @Column({ default: false })
  githubSilent: boolean;

  /** How often another worker took the run over from a lost one; hand-backs are not counted. */
  @Column({ default: 0 })
  takeovers: number;

  /** How many members were active when the run began. */
  @Column({ type: 'int', nullable: true })
  activeBefore: number | null;

  /** An admin's decision about the held removals, who decided, and when. */
  @Column({ type: 'varchar', nullable: true })
  removalDecision: 'approve' | 'reject' | null;

  @Column({ type: 'varchar', nullable: true })
  removalDecidedBy: string | null;

  @Column({ type: 'datetime', precision: 3, nullable: true })
  removalDecidedAt: Date | null;

  /** How many removals of members of the held set were approved while others stayed held, in this run and in those before it. */
  @Column({ default: 0 })
  approvedInParts: number;

  /** The same of outside collaborators. */
  @Column({ default: 0 })
  collaboratorsApprovedInParts: number;

  /** How many of its held removals were approved; null where none was, and where an older release counted. */
  @Column({ type: 'int', nullable: true })
  removalsApproved: number | null;

  /** The run whose effects this one undid. */
  @Column({ type: 'int', nullable: true })
  undoesRunId: number | null;

  /** Null where that run is no longer kept; undefined where it was not read, like the next relation. */
  @ManyToOne(() => MemberSyncRun)
  @JoinColumn({ name: 'undoes_run_id' })
  undoes?: Relation<MemberSyncRun> | null;

  /** The run that undid this one last. */
  @Column({ type: 'int', nullable: true })
  undoneByRunId: number | null;

  @ManyToOne(() => MemberSyncRun)
  @JoinColumn({ name: 'undone_by_run_id' })
  undoneBy?: Relation<MemberSyncRun> | null;

  /** The newest run whose held removals can be decided; read only with the latest run, if that is of scope `people`. */
  holding?: MemberSyncRun | null;
}

/** The number that people read. */
export const numberOf = ({ id, number }: Pick<MemberSyncRun, 'id' | 'number'>): number =>
  number ?? id;
