import { Injectable } from '@nestjs/common';
import type { Identity } from '../../accounts/identity.js';
import {
  type InvitationLink,
  InvitationsService,
} from '../../accounts/invitations/invitations.service.js';
import type { TeamMember } from '../../accounts/users/team-users.js';
import { TeamUsersService } from '../../accounts/users/team-users.service.js';
import { ROLE_CHOICES, type TypedInvitation } from './user-forms.js';

/** The most users on one page. */
const PAGE_SIZE = 100;

interface More {
  notice?: string;
  /** The link that was just made. */
  made?: InvitationLink;
  typed?: TypedInvitation;
  faults?: object;
  /** The id of the last user on the page before. */
  after?: number;
}

/** The data of the page with a team's users and invitations. */
@Injectable()
export class UsersPage {
  constructor(
    private readonly users: TeamUsersService,
    private readonly invitations: InvitationsService,
  ) {}

  async view({ teamId, userId }: Identity, { after, ...more }: More = {}) {
    const found = await this.users.page(teamId, { limit: PAGE_SIZE + 1, after });
    const users = found.slice(0, PAGE_SIZE);
    return {
      title: 'Users',
      roles: ROLE_CHOICES,
      typed: { role: 'member' },
      users: users.map((user) => ({ ...user, isYou: user.id === userId })),
      next: found.length > PAGE_SIZE ? users.at(-1)?.id : undefined,
      invitations: await this.invitations.pending(teamId),
      ...more,
    };
  }
}

/** The data of the page of one user. */
export const userView = (user: TeamMember, { userId }: Identity) => ({
  title: user.name ?? user.email,
  user,
  isYou: user.id === userId,
  roles: ROLE_CHOICES,
});
