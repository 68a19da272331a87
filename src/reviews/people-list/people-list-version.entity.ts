import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

/** What sent a list. */
export type ListSource = 'page' | 'api' | 'command';

/** A team's people list as one upload changed it. The newest version is the current one. */
@Entity('people_list_versions')
export class PeopleListVersion {
  @PrimaryGeneratedColumn()
  id: number;

  @Column()
  teamId: number;

  /** Counts the versions of the team, from 1. */
  @Column()
  number: number;

  @Column({ type: 'datetime', precision: 3 })
  createdAt: Date;

  /** The email address, the name of the API token, or the operating system's user of a command. */
  @Column()
  madeBy: string;

  @Column({ type: 'varchar' })
  source: ListSource;

  /** How many people it has, and how it differs from the version before. */
  @Column()
  people: number;

  @Column()
  added: number;

  @Column()
  changed: number;

  @Column()
  removed: number;
}
