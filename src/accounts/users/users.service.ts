import { Injectable } from '@nestjs/common';
import { DataSource, EntityManager } from 'typeorm';
import { isDuplicate } from '../../platform/database/dialect.js';
import { inTransaction } from '../../platform/database/transaction.js';
import { revokeTokensOf, type TeamUser } from '../api-tokens/revoke-tokens.js';
import { recordAudit } from '../audit/record-audit.js';
import { Passwords } from '../passwords/passwords.js';
import { Session } from '../sessions/session.entity.js';
import { emailAddress } from './email-address.js';
import { refuseLastAdmin } from './last-admin.js';
import { lockTeam } from './lock-team.js';
import { Membership, Role } from './membership.entity.js';
import { TeamsService } from './teams.service.js';
import { User } from './user.entity.js';

export interface UserChange {
  email: string;
  password: string;
  /** Undefined keeps the present role, and gives `member` to somebody new to the team. */
  role?: Role;
  teamSlug: string;
}

export interface FirstUser extends Omit<UserChange, 'role'> {
  /** Whether the password was generated. */
  isGenerated?: boolean;
}

export interface UserSet {
  email: string;
  role: Role;
  created: boolean;
  /** How many of their API tokens were revoked because they are no longer an admin; undefined for none. */
  revokedTokens?: number;
}

@Injectable()
export class UsersService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly teams: TeamsService,
    private readonly passwords: Passwords,
  ) {}

  /**
   * Creates the user and the team, or sets the password and ends all sessions. Where there is no instance admin, an admin
   * becomes one.
   * @throws PublicError also `last_admin` for another role
   */
  async setPassword(change: UserChange): Promise<UserSet> {
    const { email, passwordHash, teamId } = await this.prepare(change);
    return inTransaction(this.dataSource, async (manager) => {
      await lockTeam(manager, teamId);
      const created = await insertOnce(manager, email, passwordHash);
      const { id: userId } = await manager.findOneByOrFail(User, { email });
      const set = { passwordHash, mustChangePassword: false };
      if (!created) await manager.update(User, { id: userId }, set);
      const { role, revokedTokens } = await join(manager, { teamId, userId }, change.role);
      if (role === 'admin' && !(await manager.existsBy(User, { instanceAdmin: true })))
        await manager.update(User, { id: userId }, { instanceAdmin: true });
      await manager.delete(Session, { userId });
      const action = created ? 'user.create' : 'user.password';
      await recordAudit(manager, {
        teamId,
        action,
        subject: email,
        after: { role, revokedTokens },
      });
      return { email, role, created, ...(revokedTokens > 0 && { revokedTokens }) };
    });
  }

  /**
   * Creates the first user, an admin of the team and of the instance, who must change a generated password. False where
   * there is a user, also where another process just created one.
   */
  async makeFirst({ isGenerated = false, ...change }: FirstUser): Promise<boolean> {
    const { email, passwordHash, teamId } = await this.prepare(change);
    return inTransaction(this.dataSource, async (manager) => {
      if (await manager.exists(User)) return false;
      if (!(await insertOnce(manager, email, passwordHash))) return false;
      const { id: userId } = await manager.findOneByOrFail(User, { email });
      const first = { instanceAdmin: true, mustChangePassword: isGenerated };
      await manager.update(User, { id: userId }, first);
      await join(manager, { teamId, userId }, 'admin');
      const after = { role: 'admin', instanceAdmin: true };
      await recordAudit(manager, { teamId, action: 'user.create', subject: email, after });
      return true;
    });
  }

  async exist(): Promise<boolean> {
    return this.dataSource.manager.exists(User);
  }

  private async prepare({ email, password, teamSlug }: UserChange) {
    const address = emailAddress(email);
    const passwordHash = await this.passwords.hash(password);
    const { id: teamId } = await this.teams.findOrCreate(teamSlug);
    return { email: address, passwordHash, teamId };
  }
}

/** False where the user exists already, also where another process just created it. */
async function insertOnce(
  manager: EntityManager,
  email: string,
  passwordHash: string,
): Promise<boolean> {
  if (await manager.existsBy(User, { email })) return false;
  try {
    await manager.insert(User, { email, passwordHash, createdAt: new Date() });
    return true;
  } catch (error) {
    if (isDuplicate(error)) return false;
    throw error;
  }
}

async function join(
  manager: EntityManager,
  place: TeamUser,
  wanted?: Role,
): Promise<{ role: Role; revokedTokens: number }> {
  const existing = await manager.findOneBy(Membership, place);
  const role = wanted ?? existing?.role ?? 'member';
  const isDemoted = existing?.role === 'admin' && role !== 'admin';
  if (isDemoted) await refuseLastAdmin(manager, place);
  if (!existing) await manager.insert(Membership, { ...place, role, createdAt: new Date() });
  else if (wanted) await manager.update(Membership, { id: existing.id }, byHand(role));
  const revokedTokens = isDemoted ? await revokeTokensOf(manager, place, 'maker_demoted') : 0;
  return { role, revokedTokens };
}

/** Nothing but a person takes it again. */
const byHand = (role: Role) => ({ role, adminBy: null, joinedBy: null });
