import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import type { EvidenceEntry } from './evidence-entry.js';
import type { ReviewCounts } from './review-decisions.js';

/** An organization whose people are reviewed. */
export interface ReviewedOrganization {
  integrationId: number;
  organization: string;
}

/** A closed one never changes. */
export type ReviewState = 'open' | 'closed';

/** Asks of everybody with access to some organizations whether they still need it. */
@Entity('access_reviews')
export class AccessReview {
  @PrimaryGeneratedColumn()
  id: number;

  @Column()
  teamId: number;

  @Column()
  name: string;

  @Column({ type: 'simple-json' })
  organizations: ReviewedOrganization[];

  @Column({ type: 'varchar' })
  state: ReviewState;

  @Column()
  startedBy: string;

  @Column({ type: 'datetime', precision: 3 })
  startedAt: Date;

  /** The last day for decisions, as `2026-03-31`, in UTC. */
  @Column()
  dueOn: string;

  /** How many days after closing a removal may take. */
  @Column()
  removalDays: number;

  /** As of the last decision. */
  @Column({ type: 'simple-json' })
  counts: ReviewCounts;

  @Column({ type: 'varchar', nullable: true })
  closedBy: string | null;

  @Column({ type: 'datetime', precision: 3, nullable: true })
  closedAt: Date | null;

  /** Of the evidence, in hex; null for an open one. */
  @Column({ type: 'varchar', nullable: true })
  sha256: string | null;

  /** What the audit log said of it at the closing. Not read with the rest: there may be thousands. */
  @Column({ type: 'simple-json', nullable: true, select: false })
  auditEntries?: EvidenceEntry[] | null;
}
