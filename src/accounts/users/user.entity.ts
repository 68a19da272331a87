import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

@Entity('users')
export class User {
  @PrimaryGeneratedColumn()
  id: number;

  /** In lower case, because people type their address in different cases. */
  @Column()
  email: string;

  @Column()
  passwordHash: string;

  /** Whether the user makes, renames and deletes teams. It shows them no team's data. */
  @Column({ default: false })
  instanceAdmin: boolean;

  @Column({ type: 'datetime', precision: 3 })
  createdAt: Date;
}
