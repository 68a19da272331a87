import { type EntityManager, Not } from 'typeorm';
import { PublicError } from '../../platform/public-error.js';
import type { TeamUser } from '../api-tokens/revoke-tokens.js';
import { Membership } from './membership.entity.js';

/** Call it while the team is locked, before somebody loses the role. @throws PublicError `last_admin` */
export async function refuseLastAdmin(
  manager: EntityManager,
  { teamId, userId }: TeamUser,
): Promise<void> {
  const another = { teamId, role: 'admin' as const, userId: Not(userId) };
  if (!(await manager.existsBy(Membership, another))) throw lastAdmin();
}

export const lastAdmin = () =>
  new PublicError(
    409,
    'last_admin',
    'This is the last admin of the team.',
    'Make somebody else an admin first.',
  );
