import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

/** What a user may do in a team: an `admin` changes things, a `member` only reads. */
export type Role = 'admin' | 'member';

/** A user's place in a team. */
@Entity('memberships')
export class Membership {
  @PrimaryGeneratedColumn()
  id: number;

  @Column()
  teamId: number;

  @Column()
  userId: number;

  @Column({ type: 'varchar' })
  role: Role;

  @Column({ type: 'datetime', precision: 3 })
  createdAt: Date;
}
