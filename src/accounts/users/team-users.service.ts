import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager, Not } from 'typeorm';
import { inTransaction } from '../../platform/database/transaction.js';
import { PublicError } from '../../platform/public-error.js';
import { revokeTokensOf, type TeamUser } from '../api-tokens/revoke-tokens.js';
import { recordAudit } from '../audit/record-audit.js';
import { Session } from '../sessions/session.entity.js';
import { refuseLastAdmin } from './last-admin.js';
import { lockTeam } from './lock-team.js';
import { Membership, type Role } from './membership.entity.js';
import { findTeamUsers, getTeamUser, type TeamMember } from './team-users.js';

/** The users of a team, for its admins; never another team's. */
@Injectable()
export class TeamUsersService {
  constructor(private readonly dataSource: DataSource) {}

  /** Oldest account first; `after` is the id of the last one on the previous page. */
  page(teamId: number, part: { limit?: number; after?: number } = {}): Promise<TeamMember[]> {
    return findTeamUsers(this.dataSource.manager, teamId, part);
  }

  /** @throws PublicError `user_not_found`, also for a user of another team */
  get(teamId: number, userId: number): Promise<TeamMember> {
    return getTeamUser(this.dataSource.manager, teamId, userId);
  }

  /** Revokes the API tokens of somebody who is no longer an admin. @throws PublicError `last_admin` */
  setRole(place: TeamUser, role: Role): Promise<TeamMember> {
    return this.change(place, async (manager, user) => {
      if (user.role === role) return user;
      if (user.role === 'admin') await refuseLastAdmin(manager, place);
      await manager.update(Membership, place, { role, adminBy: null });
      if (role !== 'admin') await revokeTokensOf(manager, place, 'maker_demoted');
      const changed = { before: { role: user.role }, after: { role } };
      await recordAudit(manager, { ...about(place, user), action: 'user.role', ...changed });
      return { ...user, role };
    });
  }

  /** Takes somebody out of the team, not out of their other teams. @throws PublicError `last_admin`, `only_team` */
  remove(place: TeamUser): Promise<TeamMember> {
    return this.change(place, async (manager, user) => {
      if (user.role === 'admin') await refuseLastAdmin(manager, place);
      if (user.instanceAdmin) await refuseOnlyTeam(manager, place);
      await manager.delete(Membership, place);
      await revokeTokensOf(manager, place, 'maker_removed');
      const before = { email: user.email, role: user.role };
      await recordAudit(manager, { ...about(place, user), action: 'user.remove', before });
      return user;
    });
  }

  /** Signs somebody out everywhere, and returns how many sessions ended. */
  async endSessions(place: TeamUser): Promise<number> {
    let ended = 0;
    await this.change(place, async (manager, user) => {
      const { affected } = await manager.delete(Session, { userId: place.userId });
      ended = affected ?? 0;
      const after = { ended };
      await recordAudit(manager, { ...about(place, user), action: 'session.end', after });
      return user;
    });
    return ended;
  }

  private change(
    { teamId, userId }: TeamUser,
    work: (manager: EntityManager, user: TeamMember) => Promise<TeamMember>,
  ): Promise<TeamMember> {
    return inTransaction(this.dataSource, async (manager) => {
      await lockTeam(manager, teamId);
      return work(manager, await getTeamUser(manager, teamId, userId));
    });
  }
}

const about = ({ teamId }: TeamUser, { email: subject }: TeamMember) => ({ teamId, subject });

async function refuseOnlyTeam(manager: EntityManager, { teamId, userId }: TeamUser) {
  if (!(await manager.existsBy(Membership, { userId, teamId: Not(teamId) }))) throw onlyTeam();
}

const onlyTeam = () =>
  new PublicError(
    409,
    'only_team',
    'This user manages the teams of this Rollcall, and has no other team to sign in to.',
    'Invite them into another team first.',
  );
