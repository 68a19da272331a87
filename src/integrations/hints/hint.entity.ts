import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

/** `run_id` of a hint that no run has taken yet. */
export const WAITING = 0;

/** Somebody or something to look at again, because GitHub or a person said so. It is never the truth itself. */
@Entity('hints')
export class Hint {
  /** Grows with every hint: a hint that comes again gets a new id. */
  @PrimaryGeneratedColumn()
  id: number;

  @Column()
  integrationId: number;

  /** The run that looks, or `WAITING`. */
  @Column({ default: WAITING })
  runId: number;

  /** What to look at, as `subjectOf` writes it. */
  @Column()
  subject: string;

  /** Its node id as the sender told it, to save a request; not proven. */
  @Column({ type: 'varchar', nullable: true })
  nodeId: string | null;

  @Column({ type: 'datetime', precision: 3 })
  hintedAt: Date;

  /** How many runs failed with it. */
  @Column({ default: 0 })
  tries: number;

  /** After a failed run, when the next one may begin. */
  @Column({ type: 'datetime', precision: 3, nullable: true })
  notBefore: Date | null;
}
