import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import type { Role } from '../users/membership.entity.js';

/** An invitation into a team by a link that works once. Only a hash of the link's code is stored. */
@Entity('user_invitations')
export class UserInvitation {
  @PrimaryGeneratedColumn()
  id: number;

  @Column()
  teamId: number;

  /** Whom it is for, in lower case: nobody else can accept it. */
  @Column()
  email: string;

  @Column({ type: 'varchar' })
  role: Role;

  @Column({ type: 'varchar', length: 64 })
  codeHash: string;

  /** The email address of the admin, or the name of the API token. */
  @Column()
  invitedBy: string;

  @Column({ type: 'datetime', precision: 3 })
  createdAt: Date;

  @Column({ type: 'datetime', precision: 3 })
  expiresAt: Date;

  @Column({ type: 'datetime', precision: 3, nullable: true })
  acceptedAt: Date | null;

  @Column({ type: 'datetime', precision: 3, nullable: true })
  withdrawnAt: Date | null;
}
