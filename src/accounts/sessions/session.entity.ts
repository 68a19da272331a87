import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A signed-in browser. Only a hash of the session's id is stored, so that a stolen table opens no session. */
@Entity('sessions')
export class Session {
  @PrimaryColumn({ type: 'varchar', length: 64 })
  idHash: string;

  @Column({ type: 'int', nullable: true })
  userId: number | null;

  @Column({ type: 'text' })
  data: string;

  /** Such as `Firefox on Linux`; null for a session of an earlier build. */
  @Column({ type: 'varchar', nullable: true })
  device: string | null;

  /** Within some minutes. */
  @Column({ type: 'datetime', precision: 3, nullable: true })
  lastUsedAt: Date | null;

  @Column({ type: 'datetime', precision: 3 })
  expiresAt: Date;

  /** When the identity provider must be asked about its user again; null where none is. */
  @Column({ type: 'datetime', precision: 3, nullable: true })
  recheckAt: Date | null;
}
