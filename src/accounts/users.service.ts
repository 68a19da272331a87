import { Injectable } from '@nestjs/common';
import { DataSource, EntityManager } from 'typeorm';
import { inTransaction } from '../platform/database/transaction.js';
import { PublicError } from '../platform/public-error.js';
import { Membership, Role } from './membership.entity.js';
import { hashPassword } from './passwords.js';
import { Session } from './session.entity.js';
import { TeamsService } from './teams.service.js';
import { User } from './user.entity.js';

export interface UserChange {
  email: string;
  password: string;
  /** As it is where undefined, and `member` for somebody new to the team. */
  role?: Role;
  teamSlug: string;
}

const EMAIL = /^[^\s@]+@[^\s@]+$/;

@Injectable()
export class UsersService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly teams: TeamsService,
  ) {}

  /** Makes the user and the team, or sets the password and ends all sessions. @throws PublicError */
  async setPassword({
    email,
    password,
    role,
    teamSlug,
  }: UserChange): Promise<{ email: string; role: Role; created: boolean }> {
    const address = email.trim().toLowerCase();
    if (!EMAIL.test(address))
      throw new PublicError(
        422,
        'email_invalid',
        `'${email}' is not an email address.`,
        'Use one like ada@example.com.',
      );
    const passwordHash = await hashPassword(password);
    const team = await this.teams.findOrCreate(teamSlug);
    return inTransaction(this.dataSource, async (manager) => {
      const { user, created } = await save(manager, address, passwordHash);
      const place = { teamId: team.id, userId: user.id };
      const given = await join(manager, place, role);
      await manager.delete(Session, { userId: user.id });
      return { email: address, role: given, created };
    });
  }

  async exist(): Promise<boolean> {
    return this.dataSource.manager.exists(User);
  }
}

async function save(manager: EntityManager, email: string, passwordHash: string) {
  const existing = await manager.findOneBy(User, { email });
  if (existing) {
    await manager.update(User, { id: existing.id }, { passwordHash });
    return { user: existing, created: false };
  }
  const user = manager.create(User, { email, passwordHash, createdAt: new Date() });
  return { user: await manager.save(user), created: true };
}

async function join(
  manager: EntityManager,
  place: { teamId: number; userId: number },
  wanted?: Role,
): Promise<Role> {
  const existing = await manager.findOneBy(Membership, place);
  const role = wanted ?? existing?.role ?? 'member';
  if (!existing) await manager.insert(Membership, { ...place, role, createdAt: new Date() });
  else if (role !== existing.role) await manager.update(Membership, { id: existing.id }, { role });
  return role;
}
