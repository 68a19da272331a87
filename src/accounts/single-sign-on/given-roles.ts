import type { EntityManager } from 'typeorm';
import { forUpdate } from '../../platform/database/dialect.js';
import { revokeTokensOf } from '../api-tokens/revoke-tokens.js';
import type { UserAction } from '../audit/record-for-user.js';
import { Membership, type Role, type RoleGiver } from '../users/membership.entity.js';

export interface GivenRole {
  teamId: number;
  userId: number;
  by: RoleGiver;
  /** Whether `by` says that the person is an admin. */
  isAdmin: boolean;
}

/**
 * Gives the role `admin`, or takes it where the same giver gave it; an admin made by hand stays one, and so does the last
 * admin of the team. Returns what was done. Somebody who is not in the team stays out of it.
 */
export async function applyGivenRole(
  manager: EntityManager,
  { teamId, userId, by, isAdmin }: GivenRole,
): Promise<UserAction[]> {
  const admins = await lockAdmins(manager, teamId);
  const membership = await manager.findOneBy(Membership, { teamId, userId });
  if (!membership) return [];
  const wasAdmin = membership.role === 'admin';
  if (isAdmin === wasAdmin || (!isAdmin && membership.adminBy !== by)) return [];
  if (!isAdmin && admins.length === 1) return [];
  const role: Role = isAdmin ? 'admin' : 'member';
  await manager.update(Membership, { id: membership.id }, { role, adminBy: isAdmin ? by : null });
  if (!isAdmin) await revokeTokensOf(manager, { teamId, userId }, 'maker_demoted');
  const [before, after] = [{ role: membership.role }, { role, by: WORDS[by] }];
  return [{ teamId, action: 'user.role', before, after }];
}

/** In the audit log. */
const WORDS: Record<RoleGiver, string> = { groups: 'groups', github: 'GitHub' };

/** Until the transaction ends, so that two people who lose the role at once do not both lose it as the last but one. */
export const lockAdmins = (manager: EntityManager, teamId: number): Promise<Membership[]> =>
  forUpdate(
    manager
      .createQueryBuilder(Membership, 'membership')
      .where({ teamId, role: 'admin' })
      .orderBy('membership.id'),
  ).getMany();
