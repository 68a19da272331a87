import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import { bigintAsNumber } from '../../platform/database/columns.js';

/** Somebody in a version of a team's people list, known by the email address in all versions. */
@Entity('people_list_people')
export class ListPerson {
  @PrimaryGeneratedColumn()
  id: number;

  @Column()
  teamId: number;

  @Column()
  email: string;

  /** Who they are on GitHub, where a person chose it: the server, and GitHub's id there. Null for the others. */
  @Column({ type: 'varchar', nullable: true })
  chosenApiUrl: string | null;

  @Column({ type: 'bigint', nullable: true, transformer: bigintAsNumber })
  chosenGithubId: number | null;

  /** Who chose it, and when. */
  @Column({ type: 'varchar', nullable: true })
  chosenBy: string | null;

  @Column({ type: 'datetime', precision: 3, nullable: true })
  chosenAt: Date | null;
}
