import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import type { InvitedTeam } from '../../github/invitations/read-invitations.js';
import { bigintAsNumber } from '../../platform/database/columns.js';

/** The states in which GitHub lists an invitation. */
export const LISTED_STATES = ['pending', 'failed'] as const;

export type ListedState = (typeof LISTED_STATES)[number];

/**
 * `ended`: GitHub lists it no more, and it is not known whether it was cancelled or accepted. `dismissed`: it had failed,
 * and GitHub lists it no more. Expired invitations are `failed`.
 */
export type InvitationState = ListedState | 'accepted' | 'cancelled' | 'ended' | 'dismissed';

/** An invitation to an organization. Ended ones are kept for the history. */
@Entity('organization_invitations')
export class OrganizationInvitation {
  @PrimaryGeneratedColumn()
  id: number;

  @Column()
  integrationId: number;

  /** GitHub's id of the invitation. */
  @Column({ type: 'bigint', transformer: bigintAsNumber })
  githubId: number;

  /** Null for somebody who was invited by email. */
  @Column({ type: 'varchar', nullable: true })
  login: string | null;

  /** Null for somebody who was invited by login. */
  @Column({ type: 'varchar', nullable: true })
  email: string | null;

  /** `admin`, `member`, or another word of GitHub. */
  @Column()
  role: string;

  @Column({ type: 'varchar' })
  state: InvitationState;

  /** In GitHub's words; null unless `failed`. */
  @Column({ type: 'text', nullable: true })
  failedReason: string | null;

  @Column({ type: 'bigint', nullable: true, transformer: bigintAsNumber })
  inviterGithubId: number | null;

  @Column({ type: 'varchar', nullable: true })
  inviterLogin: string | null;

  /** Null where they are not known yet. */
  @Column({ type: 'simple-json', nullable: true })
  githubTeams: InvitedTeam[] | null;

  @Column({ type: 'datetime', precision: 3 })
  invitedAt: Date;

  /** When it failed, or when a run no longer saw it; null while it is pending. */
  @Column({ type: 'datetime', precision: 3, nullable: true })
  endedAt: Date | null;

  /** When a run no longer saw a failed one; null for other states, and where an earlier build saw it. */
  @Column({ type: 'datetime', precision: 3, nullable: true })
  dismissedAt: Date | null;
}
