import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { PartName, PartState } from './part.js';

/** How far one part of an integration's data is known, by the last run that looked at it. */
@Entity('integration_parts')
export class IntegrationPart {
  @PrimaryColumn({ type: 'int' })
  integrationId: number;

  @PrimaryColumn({ type: 'varchar' })
  part: PartName;

  @Column({ type: 'varchar' })
  state: PartState;

  /** What is missing, or why it failed; null where the part is complete. */
  @Column({ type: 'text', nullable: true })
  needs: string | null;

  /** When what is known was read last; null if never. */
  @Column({ type: 'datetime', precision: 3, nullable: true })
  asOf: Date | null;

  /** From when on its past is known; null if it was never read, and where an earlier build read it. */
  @Column({ type: 'datetime', precision: 3, nullable: true })
  firstReadAt: Date | null;

  @Column()
  runId: number;

  /** What that run did to it. */
  @Column()
  added: number;

  @Column()
  changed: number;

  @Column()
  removed: number;

  @Column()
  total: number;
}
