import { Column, Entity, PrimaryColumn } from 'typeorm';
import { bigintAsNumber } from '../../platform/database/columns.js';
import type { HeldPart } from './held-part.js';

/** A person who is gone, and whose removal waits for an admin. */
@Entity('held_removals')
export class HeldRemoval {
  @PrimaryColumn({ type: 'int' })
  runId: number;

  @PrimaryColumn({ type: 'bigint', transformer: bigintAsNumber })
  githubId: number;

  @Column()
  login: string;

  /** Whose list they are gone from. */
  @Column({ type: 'varchar', default: 'members' })
  part: HeldPart;
}
