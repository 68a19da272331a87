import type { Role } from './membership.js';
import { nodeIdOf } from './node-id.js';
import type { SimTeam } from './team.js';
import { isoSeconds, type SimUser } from './user.js';

type InvitationRole = Role | 'billing_manager';

/** Somebody who is asked to join: by their login, or by an email address alone. */
export interface SimInvitation {
  readonly id: number;
  readonly nodeId: string;
  readonly user: SimUser | null;
  readonly email: string | null;
  role: InvitationRole;
  readonly createdAt: string;
  readonly inviter: SimUser | null;
  teams: readonly SimTeam[];
  failed?: { readonly at: string; readonly reason: string };
}

export interface InvitationDetails {
  readonly role?: InvitationRole;
  readonly inviter?: SimUser;
  readonly teams?: readonly SimTeam[];
  /** Default: now. */
  readonly createdAt?: Date;
}

/** What invitations need of their world. */
interface Surroundings {
  nextId(): number;
  /** Milliseconds since 1970, UTC. */
  now(): number;
}

const EXPIRED = 'Invitation expired. User did not accept this invite for 7 days.';

/** The invitations of an organization: those that wait, and those that failed. */
export class SimInvitations {
  private readonly all = new Set<SimInvitation>();

  constructor(private readonly surroundings: Surroundings) {}

  /** Newest first, as GitHub sorts its list. */
  get pending(): SimInvitation[] {
    return this.sorted().filter(({ failed }) => !failed);
  }

  /** Newest first. */
  get failed(): SimInvitation[] {
    return this.sorted().filter(({ failed }) => failed);
  }

  /** @param who a user, or an email address */
  add(who: SimUser | string, details: InvitationDetails = {}): SimInvitation {
    const id = this.surroundings.nextId();
    const invitation: SimInvitation = {
      ...{ id, nodeId: nodeIdOf('OrganizationInvitation', id) },
      ...(typeof who === 'string' ? { user: null, email: who } : { user: who, email: null }),
      role: details.role ?? 'member',
      createdAt: isoSeconds(details.createdAt ?? this.now()),
      inviter: details.inviter ?? null,
      teams: details.teams ?? [],
    };
    this.all.add(invitation);
    return invitation;
  }

  /** As an owner cancels it: it is in no list any more. */
  cancel(invitation: SimInvitation): void {
    this.all.delete(invitation);
  }

  /** By default as after 7 days. */
  fail(invitation: SimInvitation, reason = EXPIRED): void {
    invitation.failed = { at: isoSeconds(this.now()), reason };
  }

  ofUser(user: SimUser): SimInvitation | undefined {
    return this.pending.find((one) => one.user === user);
  }

  byId(id: number): SimInvitation | undefined {
    return [...this.all].find((one) => one.id === id);
  }

  /** For a team that is deleted. */
  forgetTeam(team: SimTeam): void {
    for (const one of this.all) one.teams = one.teams.filter((other) => other !== team);
  }

  private sorted(): SimInvitation[] {
    return [...this.all].sort((one, other) => other.id - one.id);
  }

  private now(): Date {
    return new Date(this.surroundings.now());
  }
}
