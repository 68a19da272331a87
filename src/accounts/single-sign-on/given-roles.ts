import type { EntityManager } from 'typeorm';
import { forUpdate } from '../../platform/database/dialect.js';
import { revokeTokensOf } from '../api-tokens/revoke-tokens.js';
import type { UserAction } from '../audit/record-for-user.js';
import { Membership, type Role } from '../users/membership.entity.js';
import { UserIdentity } from './user-identity.entity.js';

interface GroupChange {
  teamId: number;
  identity: UserIdentity;
  /** Whether the provider says that the person is in one of OIDC_ADMIN_GROUPS. */
  isAdmin: boolean;
}

/**
 * Gives the role `admin`, or takes it where groups gave it; an admin made by hand stays one, and so does the last admin
 * of the team. Returns what was done. Somebody who is not in the team stays out of it.
 */
export async function applyGroups(
  manager: EntityManager,
  { teamId, identity, isAdmin }: GroupChange,
): Promise<UserAction[]> {
  const { userId } = identity;
  const admins = await lockAdmins(manager, teamId);
  const membership = await manager.findOneBy(Membership, { teamId, userId });
  if (!membership) return [];
  const wasAdmin = membership.role === 'admin';
  if (isAdmin === wasAdmin || (!isAdmin && !identity.adminByGroups)) return [];
  if (!isAdmin && admins.length === 1) return [];
  const role: Role = isAdmin ? 'admin' : 'member';
  await manager.update(Membership, { id: membership.id }, { role });
  await manager.update(UserIdentity, { id: identity.id }, { adminByGroups: isAdmin });
  if (!isAdmin) await revokeTokensOf(manager, { teamId, userId }, 'maker_demoted');
  const [before, after] = [{ role: membership.role }, { role, by: 'groups' }];
  return [{ teamId, action: 'user.role', before, after }];
}

/** Until the transaction ends, so that two people who lose the role at once do not both lose it as the last but one. */
const lockAdmins = (manager: EntityManager, teamId: number): Promise<Membership[]> =>
  forUpdate(
    manager
      .createQueryBuilder(Membership, 'membership')
      .where({ teamId, role: 'admin' })
      .orderBy('membership.id'),
  ).getMany();
