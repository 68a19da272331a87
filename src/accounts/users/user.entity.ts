import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

@Entity('users')
export class User {
  @PrimaryGeneratedColumn()
  id: number;

  /** Kept in lower case, because people do not type their own address in one case. */
  @Column()
  email: string;

  @Column()
  passwordHash: string;

  @Column({ type: 'datetime', precision: 3 })
  createdAt: Date;
}
