import { Column, Entity, PrimaryColumn } from 'typeorm';

/** The part of a session that is only read when the provider is asked about its person. */
@Entity('sso_sessions')
export class SsoSession {
  /** Of the session. */
  @PrimaryColumn({ type: 'varchar', length: 64 })
  idHash: string;

  @Column()
  identityId: number;

  /** Null where the provider gave none. */
  @Column({ type: 'text', nullable: true })
  sealedRefreshToken: string | null;

  /** Since when the provider could not be asked; null while it can. */
  @Column({ type: 'datetime', precision: 3, nullable: true })
  failingSince: Date | null;

  /** Until when one request alone may use the refresh token. */
  @Column({ type: 'datetime', precision: 3, nullable: true })
  claimedUntil: Date | null;
}
