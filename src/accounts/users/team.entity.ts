import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

/** The tenant. The team `default` always exists. */
@Entity('teams')
export class Team {
  @PrimaryGeneratedColumn()
  id: number;

  @Column()
  slug: string;

  @Column({ type: 'datetime', precision: 3 })
  createdAt: Date;
}
