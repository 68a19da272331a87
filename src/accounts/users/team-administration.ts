import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { isDuplicate } from '../../platform/database/dialect.js';
import { inTransaction } from '../../platform/database/transaction.js';
import { PublicError } from '../../platform/public-error.js';
import type { AuditAction } from '../audit/audit-actions.js';
import { recordAudit } from '../audit/record-audit.js';
import type { FirstAdmin } from '../invitations/first-admin-invitations.js';
import { type InvitationLink, InvitationsService } from '../invitations/invitations.service.js';
import { insertInvitation } from '../invitations/new-invitation.js';
import { emailAddress } from './email-address.js';
import { lockTeam, teamGone } from './lock-team.js';
import { Membership } from './membership.entity.js';
import { DEFAULT_TEAM, Team } from './team.entity.js';
import { teamSlug } from './team-slug.js';

export interface CountedTeam {
  id: number;
  slug: string;
  createdAt: Date;
  users: number;
}

/** Makes and renames teams, for instance admins: they see a team's name and how many users it has. */
@Injectable()
export class TeamAdministration {
  constructor(
    private readonly dataSource: DataSource,
    private readonly invitations: InvitationsService,
  ) {}

  /** By name. */
  async list(): Promise<CountedTeam[]> {
    const { manager } = this.dataSource;
    const teams = await manager.find(Team, { order: { slug: 'ASC' } });
    const counts = await manager
      .createQueryBuilder(Membership, 'membership')
      .select('membership.team_id', 'teamId')
      .addSelect('COUNT(*)', 'users')
      .groupBy('membership.team_id')
      .getRawMany<{ teamId: number; users: number | string }>();
    const users = new Map(counts.map((one) => [one.teamId, Number(one.users)]));
    return teams.map((team) => ({ ...team, users: users.get(team.id) ?? 0 }));
  }

  /** @throws PublicError `team_not_found` */
  async get(id: number): Promise<Team> {
    const team = await this.dataSource.manager.findOneBy(Team, { id });
    if (team) return team;
    throw teamGone();
  }

  /** Returns the link for the first admin. @throws PublicError `team_slug_invalid`, `team_exists`, `email_invalid` */
  async create(typedSlug: string, first: FirstAdmin): Promise<InvitationLink> {
    const slug = teamSlug(typedSlug);
    const email = emailAddress(first.email);
    const made = await inTransaction(this.dataSource, async (manager) => {
      const team = manager.create(Team, { slug, createdAt: new Date() });
      const { id: teamId } = await manager.save(team).catch(nameTaken(slug));
      const invited = { teamId, email, role: 'admin' as const, invitedBy: first.invitedBy };
      const invitation = await insertInvitation(manager, invited);
      await record(manager, 'team.create', slug, { after: { slug, firstAdmin: email } });
      return invitation;
    });
    return this.invitations.linkOf(email, made);
  }

  /** The team keeps its id. @throws PublicError `team_slug_invalid`, `team_exists`, `team_default` */
  async rename(id: number, typedSlug: string): Promise<Team> {
    const slug = teamSlug(typedSlug);
    return inTransaction(this.dataSource, async (manager) => {
      const team = await lockTeam(manager, id);
      if (team.slug === slug) return team;
      refuseDefault(team);
      await manager.update(Team, { id }, { slug }).catch(nameTaken(slug));
      const changed = { before: { slug: team.slug }, after: { slug } };
      await record(manager, 'team.rename', team.slug, changed);
      return team;
    });
  }
}

/** Into the log of what concerns no team: the instance admin may be in another one. */
const record = (manager: EntityManager, action: AuditAction, subject: string, values: object) =>
  recordAudit(manager, { teamId: null, action, subject, ...values });

/** @throws PublicError `team_default` */
export function refuseDefault({ slug }: Team): void {
  if (slug === DEFAULT_TEAM)
    throw new PublicError(
      409,
      'team_default',
      'The team default always exists: commands use it when no other is named.',
      'Choose another team.',
    );
}

const nameTaken =
  (slug: string) =>
  (error: unknown): never => {
    if (!isDuplicate(error)) throw error;
    throw new PublicError(
      409,
      'team_exists',
      `There is already a team '${slug}'.`,
      'Choose another name.',
    );
  };
