import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import type { ListStatus } from './listed-person.js';

/** What the versions of a people list say of somebody, as long as they say the same. */
@Entity('people_list_rows')
export class ListRow {
  @PrimaryGeneratedColumn()
  id: number;

  @Column()
  personId: number;

  @Column()
  teamId: number;

  /** The numbers of the first and of the last version that say so; null while the current one does. */
  @Column()
  fromVersion: number;

  @Column({ type: 'int', nullable: true })
  untilVersion: number | null;

  @Column()
  name: string;

  @Column({ type: 'varchar', nullable: true })
  githubLogin: string | null;

  @Column({ type: 'varchar' })
  status: ListStatus;

  @Column({ type: 'varchar', nullable: true })
  endDate: string | null;

  @Column({ type: 'varchar', nullable: true })
  managerEmail: string | null;
}
