import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

export const DEFAULT_TEAM = 'default';

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
