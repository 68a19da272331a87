import { randomBytes } from 'node:crypto';
import { type EntityManager, IsNull, LessThan } from 'typeorm';
import { DAY_MS } from '../../platform/dates.js';
import { sha256Hex } from '../../platform/secrets/secrets.js';
import type { Role } from '../users/membership.entity.js';
import { UserInvitation } from './user-invitation.entity.js';

/** How long a link works, in ms. */
const INVITATION_LIFE_MS = 7 * DAY_MS;

/** How long an invitation is kept after it has expired, in ms, so that its link can say why it does not work. */
const KEPT_FOR_MS = 30 * DAY_MS;

export interface InvitedUser {
  teamId: number;
  email: string;
  role: Role;
  invitedBy: string;
}

/** The code of a link, which cannot be read later. */
export interface NewInvitation {
  code: string;
  expiresAt: Date;
}

/** Invites somebody, and withdraws what they were sent for the team before: only the newest link works. */
export async function insertInvitation(
  manager: EntityManager,
  { teamId, email, role, invitedBy }: InvitedUser,
): Promise<NewInvitation> {
  const code = randomBytes(32).toString('base64url');
  const createdAt = new Date();
  const expiresAt = new Date(createdAt.getTime() + INVITATION_LIFE_MS);
  const forgotten = LessThan(new Date(createdAt.getTime() - KEPT_FOR_MS));
  await manager.delete(UserInvitation, { expiresAt: forgotten });
  const earlier = { teamId, email, acceptedAt: IsNull(), withdrawnAt: IsNull() };
  await manager.update(UserInvitation, earlier, { withdrawnAt: createdAt });
  const row = { teamId, email, role, invitedBy, createdAt, expiresAt, codeHash: sha256Hex(code) };
  await manager.insert(UserInvitation, row);
  return { code, expiresAt };
}
