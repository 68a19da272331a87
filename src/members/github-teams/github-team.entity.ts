import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import { anyText, bigintAsNumber } from '../../platform/database/columns.js';

/** `secret`: visible to its members and to owners only. */
export type TeamPrivacy = 'closed' | 'secret';

/** A team of an organization, identified by GitHub's id. Deleted ones are kept for the past. */
@Entity('github_teams')
export class GithubTeam {
  @PrimaryGeneratedColumn()
  id: number;

  @Column()
  integrationId: number;

  @Column({ type: 'bigint', transformer: bigintAsNumber })
  githubId: number;

  /** It changes with the name; a freed one may be another team's. */
  @Column({ type: 'varchar', transformer: anyText })
  slug: string;

  @Column({ type: 'varchar', transformer: anyText })
  name: string;

  @Column({ type: 'varchar' })
  privacy: TeamPrivacy;

  /** GitHub's id of the team that it is in; null at the top. */
  @Column({ type: 'bigint', nullable: true, transformer: bigintAsNumber })
  parentGithubId: number | null;

  /** When a run saw it first. */
  @Column({ type: 'datetime', precision: 3 })
  since: Date;

  /** When a run no longer saw it; null for a team that exists. */
  @Column({ type: 'datetime', precision: 3, nullable: true })
  leftAt: Date | null;
}
