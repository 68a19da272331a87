import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A signed-in browser. Only a hash of the session's id is kept, so that a stolen copy of the table opens nothing. */
@Entity('sessions')
export class Session {
  @PrimaryColumn({ type: 'varchar', length: 64 })
  idHash: string;

  @Column({ type: 'int', nullable: true })
  userId: number | null;

  @Column({ type: 'text' })
  data: string;

  @Column({ type: 'datetime', precision: 3 })
  expiresAt: Date;
}
