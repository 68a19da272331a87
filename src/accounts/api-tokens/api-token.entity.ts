import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

/** `by_admin`: on the page. The others: its maker is no admin of the team any more, or does not belong to it. */
export type RevocationReason = 'by_admin' | 'maker_demoted' | 'maker_removed';

/** A bearer token for the API of one team. Its value is shown once and kept as a hash. */
@Entity('api_tokens')
export class ApiToken {
  @PrimaryGeneratedColumn()
  id: number;

  @Column()
  teamId: number;

  @Column()
  name: string;

  /** Whether it may only read. */
  @Column({ default: false })
  readOnly: boolean;

  @Column({ type: 'varchar', length: 64 })
  tokenHash: string;

  @Column({ type: 'datetime', precision: 3 })
  createdAt: Date;

  /** The admin's email address; null where the command line made it, or a build that did not keep it. */
  @Column({ type: 'varchar', nullable: true })
  madeBy: string | null;

  /** Null where it belongs to nobody, as one of the command line. Otherwise it may no more than this user. */
  @Column({ type: 'int', nullable: true })
  madeByUserId: number | null;

  @Column({ type: 'datetime', precision: 3, nullable: true })
  lastUsedAt: Date | null;

  @Column({ type: 'datetime', precision: 3, nullable: true })
  expiresAt: Date | null;

  @Column({ type: 'datetime', precision: 3, nullable: true })
  revokedAt: Date | null;

  /** Null where an earlier build revoked it. */
  @Column({ type: 'varchar', nullable: true })
  revokedBecause: RevocationReason | null;
}
