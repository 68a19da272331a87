import { Injectable } from '@nestjs/common';
import { FirstAdminInvitations } from '../../accounts/invitations/first-admin-invitations.js';
import type { InvitationLink } from '../../accounts/invitations/invitations.service.js';
import { DEFAULT_TEAM } from '../../accounts/users/team.entity.js';
import { TeamAdministration } from '../../accounts/users/team-administration.js';
import { TeamDeletion } from '../../integrations/team-deletion/team-deletion.js';
import type { ShownError } from '../../platform/web/shown-error.js';
import type { TypedTeam } from './team-forms.js';

interface MoreOfList {
  notice?: string;
  /** The link for the first admin of the team that was just made. */
  made?: InvitationLink;
  typed?: TypedTeam;
  faults?: object;
}

interface MoreOfTeam {
  typed?: { slug?: string; email?: string };
  /** The link for the first admin. */
  made?: InvitationLink;
  faults?: object;
  refused?: ShownError['error'];
}

/** The data of the pages of all teams, and of one: nothing of a team but its name and counts. */
@Injectable()
export class TeamsPage {
  constructor(
    private readonly teams: TeamAdministration,
    private readonly deletion: TeamDeletion,
    private readonly firstAdmins: FirstAdminInvitations,
  ) {}

  async list(more: MoreOfList = {}) {
    const teams = (await this.teams.list()).map((team) => ({
      ...team,
      isDefault: team.slug === DEFAULT_TEAM,
    }));
    return { title: 'Teams', teams, ...more };
  }

  async team(id: number, more: MoreOfTeam = {}) {
    const team = await this.teams.get(id);
    const typed = { slug: team.slug, ...more.typed };
    const isEmpty = await this.firstAdmins.isOpen(id);
    return { title: `Team ${team.slug}`, team, isEmpty, ...more, typed };
  }

  async deletionOf(id: number, more: MoreOfTeam = {}) {
    const team = await this.teams.get(id);
    return {
      title: `Delete the team ${team.slug}`,
      team,
      confirm: `Type ${team.slug} to confirm`,
      contents: await this.deletion.contents(id),
      ...more,
    };
  }
}
