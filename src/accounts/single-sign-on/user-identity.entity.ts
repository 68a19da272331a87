import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

/** Who a user is at an identity provider. The pair of issuer and subject never changes; an email address may. */
@Entity('user_identities')
export class UserIdentity {
  @PrimaryGeneratedColumn()
  id: number;

  @Column()
  userId: number;

  @Column()
  issuer: string;

  @Column()
  subject: string;

  @Column({ type: 'datetime', precision: 3 })
  createdAt: Date;

  /** When the provider last said that the person may sign in. */
  @Column({ type: 'datetime', precision: 3 })
  checkedAt: Date;
}
