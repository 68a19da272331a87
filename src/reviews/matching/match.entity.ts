import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import { bigintAsNumber } from '../../platform/database/columns.js';
import type { MatchCategory } from './match-category.js';
import type { MatchedBy } from './match-people.js';

/** Somebody of a people list, of GitHub, or of both, as they were last compared. */
@Entity('people_list_matches')
export class Match {
  @PrimaryGeneratedColumn()
  id: number;

  @Column()
  teamId: number;

  @Column({ type: 'varchar' })
  category: MatchCategory;

  @Column({ type: 'varchar', nullable: true })
  matchedBy: MatchedBy | null;

  /** Null for somebody who is not in the list. */
  @Column({ type: 'int', nullable: true })
  personId: number | null;

  /** One of the directories' people; null where nobody is found, or several are. */
  @Column({ type: 'int', nullable: true })
  memberId: number | null;

  @Column({ type: 'bigint', nullable: true, transformer: bigintAsNumber })
  githubId: number | null;

  /** The ids of members to choose from; null where there is nothing to choose. */
  @Column({ type: 'simple-json', nullable: true })
  candidates: number[] | null;

  /** The email address of the list, otherwise the login. */
  @Column()
  sortKey: string;

  /** What the search finds somebody by, in lower case. */
  @Column()
  searchKey: string;
}
