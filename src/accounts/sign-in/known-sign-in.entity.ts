import { Column, Entity, PrimaryColumn } from 'typeorm';

/** An account that has signed in from a network: strangers on either cannot keep it out. */
@Entity('known_sign_ins')
export class KnownSignIn {
  /** The pair key of `SignInAttempt`. */
  @PrimaryColumn({ type: 'varchar', length: 64 })
  keyHash: string;

  @Column({ type: 'datetime', precision: 3 })
  lastAt: Date;
}
