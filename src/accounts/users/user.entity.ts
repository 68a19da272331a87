import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

@Entity('users')
export class User {
  @PrimaryGeneratedColumn()
  id: number;

  /** In lower case, because people type their address in different cases. */
  @Column()
  email: string;

  /** What they call themselves; null if they did not say. */
  @Column({ type: 'varchar', nullable: true })
  name: string | null;

  @Column()
  passwordHash: string;

  /** Whether the password was generated, so that every page asks for another one first. */
  @Column({ default: false })
  mustChangePassword: boolean;

  /** Whether the user makes, renames and deletes teams. It shows them no team's data. */
  @Column({ default: false })
  instanceAdmin: boolean;

  /** When they last used a session, within some minutes; null where an earlier build saw them last. */
  @Column({ type: 'datetime', precision: 3, nullable: true })
  lastSeenAt: Date | null;

  @Column({ type: 'datetime', precision: 3 })
  createdAt: Date;
}
