import { Inject, Injectable } from '@nestjs/common';
import { DataSource, IsNull, MoreThan } from 'typeorm';
import type { Config } from '../../config/config.js';
import { CONFIG } from '../../config/config.module.js';
import { inTransaction } from '../../platform/database/transaction.js';
import { recordAudit } from '../audit/record-audit.js';
import { emailAddress } from '../users/email-address.js';
import { lockTeam } from '../users/lock-team.js';
import { Membership } from '../users/membership.entity.js';
import { User } from '../users/user.entity.js';
import { alreadyInTeam, invitationNotFound } from './invitation-refusals.js';
import { type InvitedUser, insertInvitation, type NewInvitation } from './new-invitation.js';
import { UserInvitation } from './user-invitation.entity.js';

/** A link, shown once. */
export interface InvitationLink {
  email: string;
  url: string;
  expiresAt: Date;
}

/** Invites people into teams, and withdraws invitations. */
@Injectable()
export class InvitationsService {
  constructor(
    private readonly dataSource: DataSource,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** Returns the link, which cannot be read later. @throws PublicError `email_invalid`, `user_in_team` */
  async invite(invited: InvitedUser): Promise<InvitationLink> {
    const { teamId, role } = invited;
    const email = emailAddress(invited.email);
    const made = await inTransaction(this.dataSource, async (manager) => {
      await lockTeam(manager, teamId);
      const user = await manager.findOneBy(User, { email });
      if (user && (await manager.existsBy(Membership, { teamId, userId: user.id })))
        throw alreadyInTeam();
      const invitation = await insertInvitation(manager, { ...invited, email });
      const after = { email, role, expiresAt: invitation.expiresAt.toISOString() };
      await recordAudit(manager, { teamId, action: 'user.invite', subject: email, after });
      return invitation;
    });
    return this.linkOf(email, made);
  }

  linkOf(email: string, { code, expiresAt }: NewInvitation): InvitationLink {
    return { email, url: `${this.config.publicUrl}/invitations/${code}`, expiresAt };
  }

  /** Those that can still be accepted, newest first. */
  pending(teamId: number): Promise<UserInvitation[]> {
    const where = { ...open(teamId), expiresAt: MoreThan(new Date()) };
    return this.dataSource.manager.find(UserInvitation, { where, order: { id: 'DESC' } });
  }

  /** The link does not work any more. @throws PublicError `invitation_not_found` */
  async withdraw(teamId: number, id: number): Promise<UserInvitation> {
    return inTransaction(this.dataSource, async (manager) => {
      await lockTeam(manager, teamId);
      const invitation = await manager.findOneBy(UserInvitation, { id, ...open(teamId) });
      if (!invitation) throw invitationNotFound();
      await manager.update(UserInvitation, { id }, { withdrawnAt: new Date() });
      const { email, role } = invitation;
      const before = { email, role };
      await recordAudit(manager, { teamId, action: 'invitation.withdraw', subject: email, before });
      return invitation;
    });
  }
}

const open = (teamId: number) => ({ teamId, acceptedAt: IsNull(), withdrawnAt: IsNull() });
