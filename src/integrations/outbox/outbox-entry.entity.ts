import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

/** `run`: a run ended. `removals`: held removals of a run were approved later. */
export type OutboxKind = 'run' | 'removals';

/** What channels are to be told of. It names the changes instead of having copies of them. */
@Entity('outbox_entries')
export class OutboxEntry {
  @PrimaryGeneratedColumn()
  id: number;

  @Column()
  integrationId: number;

  @Column()
  runId: number;

  @Column({ type: 'varchar' })
  kind: OutboxKind;

  /** The changes of the run after this one … */
  @Column()
  afterChangeId: number;

  /** … and up to this one. */
  @Column()
  untilChangeId: number;

  @Column({ type: 'datetime', precision: 3 })
  happenedAt: Date;
}
