import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

/** `by_admin`: on the page. `maker_demoted`: the maker is no longer an admin. `maker_removed`: they left the team. */
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

  /** The admin's email address; null where the command line made it, or an old build that did not save it. */
  @Column({ type: 'varchar', nullable: true })
  madeBy: string | null;

  /** Null for a token of the command line, which has no user. Otherwise it has at most this user's rights. */
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
