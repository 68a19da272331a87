import { Injectable } from '@nestjs/common';
import { DataSource, IsNull } from 'typeorm';
import { inTransaction } from '../../platform/database/transaction.js';
import { PublicError } from '../../platform/public-error.js';
import { recordAudit } from '../audit/record-audit.js';
import { emailAddress } from '../users/email-address.js';
import { lockTeam } from '../users/lock-team.js';
import { Membership } from '../users/membership.entity.js';
import { type InvitationLink, InvitationsService } from './invitations.service.js';
import { insertInvitation } from './new-invitation.js';
import { UserInvitation } from './user-invitation.entity.js';

/** Whom to invite as the first admin of a team, and who does so. */
export interface FirstAdmin {
  email: string;
  invitedBy: string;
}

/** Lets instance admins invite the first admin of a team again, as long as nobody is in it: then it has no data yet. */
@Injectable()
export class FirstAdminInvitations {
  constructor(
    private readonly dataSource: DataSource,
    private readonly invitations: InvitationsService,
  ) {}

  async isOpen(teamId: number): Promise<boolean> {
    return !(await this.dataSource.manager.existsBy(Membership, { teamId }));
  }

  /** Withdraws every earlier link. @throws PublicError `team_not_found`, `team_has_users`, `email_invalid` */
  async invite(teamId: number, { invitedBy, ...first }: FirstAdmin): Promise<InvitationLink> {
    const email = emailAddress(first.email);
    const made = await inTransaction(this.dataSource, async (manager) => {
      const { slug } = await lockTeam(manager, teamId);
      if (await manager.existsBy(Membership, { teamId })) throw teamHasUsers();
      const open = { teamId, acceptedAt: IsNull(), withdrawnAt: IsNull() };
      await manager.update(UserInvitation, open, { withdrawnAt: new Date() });
      const invited = { teamId, email, role: 'admin' as const, invitedBy };
      const invitation = await insertInvitation(manager, invited);
      const after = { email, role: 'admin', team: slug };
      // Into the log of what concerns no team, as that the team was made.
      await recordAudit(manager, { teamId: null, action: 'user.invite', subject: email, after });
      return invitation;
    });
    return this.invitations.linkOf(email, made);
  }
}

const teamHasUsers = () =>
  new PublicError(
    409,
    'team_has_users',
    'There is somebody in the team by now.',
    'Ask an admin of the team to invite more people.',
  );
