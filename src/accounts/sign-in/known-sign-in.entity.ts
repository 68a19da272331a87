import { Column, Entity, PrimaryColumn } from 'typeorm';

/** An account that has signed in from a network. Failures of strangers do not lock it out there. */
@Entity('known_sign_ins')
export class KnownSignIn {
  /** The pair key of `SignInAttempt`. */
  @PrimaryColumn({ type: 'varchar', length: 64 })
  keyHash: string;

  @Column({ type: 'datetime', precision: 3 })
  lastAt: Date;
}
