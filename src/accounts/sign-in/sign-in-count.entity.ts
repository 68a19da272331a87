import { Column, Entity, PrimaryColumn } from 'typeorm';

/** The failed sign-ins of an account, a network or a pair of both; for a pair, also the successful ones. */
@Entity('sign_in_counts')
export class SignInCount {
  /** A key of `SignInAttempt`. */
  @PrimaryColumn({ type: 'varchar', length: 64 })
  keyHash: string;

  /** Successes, where the key is a `successKey`. */
  @Column({ type: 'int' })
  failures: number;

  /** When the count ends. The next try begins a new one. */
  @Column({ type: 'datetime', precision: 3 })
  expiresAt: Date;
}
