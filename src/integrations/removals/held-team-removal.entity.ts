import { Column, Entity, PrimaryColumn } from 'typeorm';
import { anyText, bigintAsNumber } from '../../platform/database/columns.js';

/** A GitHub team that is gone, or somebody's place in one, whose removal waits for an admin. */
@Entity('held_team_removals')
export class HeldTeamRemoval {
  @PrimaryColumn({ type: 'int' })
  runId: number;

  /** Our id of the team. */
  @PrimaryColumn({ type: 'int' })
  githubTeamId: number;

  /** GitHub's id of the person; `NOBODY` for the team itself. */
  @PrimaryColumn({ type: 'bigint', transformer: bigintAsNumber })
  githubId: number;

  /** Our id of the place; null for the team itself. Who left the team and came back has another place. */
  @Column({ type: 'int', nullable: true })
  placeId: number | null;

  /** When the run held the removal, like the login. */
  @Column({ type: 'varchar', transformer: anyText })
  teamName: string;

  /** '' for the team itself. */
  @Column()
  login: string;

  /** How many places end with it. */
  @Column()
  memberships: number;
}
