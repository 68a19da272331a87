import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

/** One failed sign-in, counted per account and address. */
@Entity('sign_in_failures')
export class SignInFailure {
  @PrimaryGeneratedColumn()
  id: number;

  /** SHA-256 over the account and the address, in hex. */
  @Column({ type: 'varchar', length: 64 })
  keyHash: string;

  @Column({ type: 'datetime', precision: 3 })
  failedAt: Date;
}
