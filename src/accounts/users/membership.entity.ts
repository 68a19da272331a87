import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

/** What a user may do in a team: an `admin` changes things, a `member` only reads. */
export type Role = 'admin' | 'member';

/** What may give somebody a role without an admin: groups of single sign-on, or that they own a GitHub organization. */
export type RoleGiver = 'groups' | 'github';

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

  /** What made them an admin; null for people. Nothing else takes that role by itself. */
  @Column({ type: 'varchar', length: 16, nullable: true })
  adminBy: RoleGiver | null;

  /** `github` where a sign-in with GitHub put them into the team; null for people and for single sign-on. */
  @Column({ type: 'varchar', length: 16, nullable: true })
  joinedBy: 'github' | null;

  @Column({ type: 'datetime', precision: 3 })
  createdAt: Date;
}
