import { Inject, Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import type { Config } from '../../config/config.js';
import { CONFIG } from '../../config/config.module.js';
import { isDuplicate } from '../../platform/database/dialect.js';
import { inTransaction } from '../../platform/database/transaction.js';
import { sha256Hex } from '../../platform/secrets/secrets.js';
import { nameSender } from '../audit/audit-sender.js';
import { recordAudit } from '../audit/record-audit.js';
import { Passwords } from '../passwords/passwords.js';
import { passwordSignInOff } from '../sign-in/sign-in-refusals.js';
import { lockTeam } from '../users/lock-team.js';
import { Membership } from '../users/membership.entity.js';
import { Team } from '../users/team.entity.js';
import { User } from '../users/user.entity.js';
import { userName } from '../users/user-name.js';
import {
  alreadyInTeam,
  expiredInvitation,
  invitationOfSomebodyElse,
  signInToAccept,
  unknownInvitation,
  usedInvitation,
  withdrawnInvitation,
} from './invitation-refusals.js';
import { UserInvitation } from './user-invitation.entity.js';

/** What the holder of a link may know. */
export interface OpenInvitation {
  invitation: UserInvitation;
  teamSlug: string;
  /** The account of the invited email address, if there is one. */
  user: User | null;
}

/** What somebody new types. */
export interface NewAccount {
  name: string;
  password: string;
}

/** Lets invited people into teams. */
@Injectable()
export class InvitationAcceptance {
  constructor(
    private readonly dataSource: DataSource,
    private readonly passwords: Passwords,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** @throws PublicError `invitation_unknown`, `invitation_used`, `invitation_withdrawn`, `invitation_expired` */
  find(code: string): Promise<OpenInvitation> {
    return findOpen(this.dataSource.manager, code);
  }

  /** Accepts as the signed-in user. @throws PublicError as `find`, `invitation_of_somebody_else`, `user_in_team` */
  async join(code: string, userId: number): Promise<void> {
    await this.accept(code, async (_, { invitation, user }) => {
      if (user?.id !== userId) throw invitationOfSomebodyElse(invitation.email);
      return user;
    });
  }

  /** Creates the account and accepts. @throws PublicError as `find`, `password_sign_in_off`, or for a weak password or a bad name */
  async register(code: string, { name, password }: NewAccount): Promise<User> {
    const { user } = await this.find(code);
    if (!this.config.passwordSignIn) throw passwordSignInOff();
    if (user) throw signInToAccept();
    const shown = userName(name);
    const passwordHash = await this.passwords.hash(password);
    return this.accept(code, (manager, { invitation }) =>
      insertUser(manager, { email: invitation.email, name: shown, passwordHash }),
    );
  }

  private accept(
    code: string,
    userOf: (manager: EntityManager, open: OpenInvitation) => Promise<User>,
  ): Promise<User> {
    return inTransaction(this.dataSource, async (manager) => {
      const known = await manager.findOneBy(UserInvitation, { codeHash: sha256Hex(code) });
      if (!known) throw unknownInvitation();
      await lockTeam(manager, known.teamId);
      const open = await findOpen(manager, code);
      const user = await userOf(manager, open);
      await joinTeam(manager, user, open.invitation);
      return user;
    });
  }
}

async function findOpen(manager: EntityManager, code: string): Promise<OpenInvitation> {
  const invitation = await manager.findOneBy(UserInvitation, { codeHash: sha256Hex(code) });
  const team = invitation && (await manager.findOneBy(Team, { id: invitation.teamId }));
  if (!team) throw unknownInvitation();
  if (invitation.acceptedAt) throw usedInvitation();
  if (invitation.withdrawnAt) throw withdrawnInvitation();
  if (invitation.expiresAt <= new Date()) throw expiredInvitation();
  const user = await manager.findOneBy(User, { email: invitation.email });
  return { invitation, teamSlug: team.slug, user };
}

/** @throws PublicError `invitation_needs_sign_in` where another request just created the account */
async function insertUser(
  manager: EntityManager,
  user: Pick<User, 'email' | 'name' | 'passwordHash'>,
): Promise<User> {
  try {
    return await manager.save(manager.create(User, { ...user, createdAt: new Date() }));
  } catch (error) {
    throw isDuplicate(error) ? signInToAccept() : error;
  }
}

async function joinTeam(
  manager: EntityManager,
  { id: userId, email }: User,
  { id, teamId, role }: UserInvitation,
): Promise<void> {
  if (await manager.existsBy(Membership, { teamId, userId })) throw alreadyInTeam();
  const now = new Date();
  await manager.insert(Membership, { teamId, userId, role, createdAt: now });
  await manager.update(UserInvitation, { id }, { acceptedAt: now });
  nameSender({ kind: 'user', name: email });
  const after = { email, role };
  await recordAudit(manager, { teamId, action: 'invitation.accept', subject: email, after });
}
