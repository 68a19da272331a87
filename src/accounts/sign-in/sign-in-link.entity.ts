import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A link with which an operator lets somebody in once. Only a hash of its code is stored. */
@Entity('sign_in_links')
export class SignInLink {
  @PrimaryColumn({ type: 'varchar', length: 64 })
  codeHash: string;

  @Column()
  userId: number;

  @Column({ type: 'datetime', precision: 3 })
  expiresAt: Date;
}
