import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { MatchCounts } from './match-category.js';

/** When a team's people list was compared with GitHub, and with which state of both. */
@Entity('people_list_comparisons')
export class Comparison {
  @PrimaryColumn()
  teamId: number;

  /** Counts what people chose. */
  @Column()
  choices: number;

  /** A hash of what was compared; '' where nothing was yet. */
  @Column()
  stamp: string;

  @Column({ type: 'datetime', precision: 3, nullable: true })
  comparedAt: Date | null;

  @Column({ type: 'simple-json', nullable: true })
  counts: MatchCounts | null;
}
