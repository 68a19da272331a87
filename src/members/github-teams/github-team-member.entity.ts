import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import { bigintAsNumber } from '../../platform/database/columns.js';

export type TeamRole = 'maintainer' | 'member';

/** Somebody's time in a team itself. Who is only in a team within it has no row: that is derived. */
@Entity('github_team_members')
export class GithubTeamMember {
  @PrimaryGeneratedColumn()
  id: number;

  /** Our id of the team. */
  @Column()
  githubTeamId: number;

  /** GitHub's id of the person. */
  @Column({ type: 'bigint', transformer: bigintAsNumber })
  githubId: number;

  @Column({ type: 'varchar' })
  role: TeamRole;

  @Column({ type: 'datetime', precision: 3 })
  since: Date;

  /** Null for somebody who is in it. */
  @Column({ type: 'datetime', precision: 3, nullable: true })
  leftAt: Date | null;
}
