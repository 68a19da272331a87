import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import type { Affiliation } from '../../members/affiliation.js';
import type { OrganizationRole } from '../../members/member.entity.js';
import { anyText, bigintAsNumber, nullableBoolean } from '../../platform/database/columns.js';
import type { MatchCategory } from '../matching/match-category.js';
import type { MatchedBy } from '../matching/match-people.js';
import type { Decision } from './review-decisions.js';

/** What the people list said of somebody. */
export interface FrozenMatch {
  category: MatchCategory;
  matchedBy: MatchedBy | null;
  /** Of the person in the list; null for somebody who is not in it, like the next two. */
  email: string | null;
  name: string | null;
  managerEmail: string | null;
}

/** Somebody who had access when the review started, as they were then, and what was decided about them. */
@Entity('access_review_items')
export class AccessReviewItem {
  @PrimaryGeneratedColumn()
  id: number;

  @Column()
  reviewId: number;

  /** Integrations and members may be deleted before the review is. */
  @Column()
  integrationId: number;

  @Column()
  memberId: number;

  /** The organization's login. */
  @Column()
  organization: string;

  @Column({ type: 'bigint', transformer: bigintAsNumber })
  githubId: number;

  @Column()
  login: string;

  /** As on GitHub, byte for byte; '' when there is none. */
  @Column({ type: 'varchar', transformer: anyText })
  name: string;

  @Column({ type: 'varchar' })
  affiliation: Affiliation;

  /** Null where the credential did not see it, like the next column. */
  @Column({ type: 'varchar', nullable: true })
  role: OrganizationRole | null;

  @Column({ type: 'boolean', nullable: true, transformer: nullableBoolean })
  twoFactor: boolean | null;

  /** The slugs of each team that somebody is in, after those that the team is in: `engineering/platform`. */
  @Column({ type: 'simple-json' })
  githubTeams: string[];

  @Column({ type: 'varchar', nullable: true, transformer: anyText })
  samlNameId: string | null;

  /** Null where they were not visible. */
  @Column({ type: 'simple-json', nullable: true })
  verifiedEmails: string[] | null;

  /** Null where the team had no people list. */
  @Column({ type: 'simple-json', name: 'found', nullable: true })
  match: FrozenMatch | null;

  /** The user who decides; null for any admin. */
  @Column({ type: 'int', nullable: true })
  reviewerId: number | null;

  /** The reviewer's email address when the review started. */
  @Column({ type: 'varchar', nullable: true })
  reviewer: string | null;

  @Column({ type: 'varchar', nullable: true })
  decision: Decision | null;

  /** '' where there is none. */
  @Column()
  reason: string;

  @Column({ type: 'varchar', nullable: true })
  decidedBy: string | null;

  @Column({ type: 'datetime', precision: 3, nullable: true })
  decidedAt: Date | null;

  /** The login in lower case. */
  @Column()
  sortKey: string;

  /** What the search finds somebody by, in lower case. */
  @Column()
  searchKey: string;
}
