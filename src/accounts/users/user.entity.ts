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

  @Column({ type: 'datetime', precision: 3 })
  createdAt: Date;
}
