import { Column, Entity, PrimaryColumn } from 'typeorm';

/** The ends of a team's chain of audit entries. */
@Entity('audit_chains')
export class AuditChain {
  @PrimaryColumn()
  teamId: number;

  /** The number of the newest entry; 0 for none. */
  @Column()
  lastNumber: number;

  @Column()
  lastHash: string;

  /** The number of the newest entry that was removed because of its age; 0 for none. */
  @Column()
  prunedNumber: number;

  @Column()
  prunedHash: string;
}
