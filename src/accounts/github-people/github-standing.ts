import type { EntityManager } from 'typeorm';
import { revokeTokensOf } from '../api-tokens/revoke-tokens.js';
import type { UserAction } from '../audit/record-for-user.js';
import { applyGivenRole, lockAdmins } from '../single-sign-on/given-roles.js';
import { Membership } from '../users/membership.entity.js';
import type { TeamStanding } from './github-person.js';

/** Puts somebody into a team, or takes them out where GitHub put them in. What is not known changes nothing. */
export async function followStanding(
  manager: EntityManager,
  userId: number,
  { standing, ownersAreAdmins }: { standing: TeamStanding; ownersAreAdmins: boolean },
): Promise<UserAction[]> {
  const { teamId, isMember, isOwner } = standing;
  const place = await manager.findOneBy(Membership, { teamId, userId });
  const done: UserAction[] = [];
  if (!place && isMember) done.push(await join(manager, { teamId, userId }));
  if (place?.joinedBy === 'github' && isMember === false && !(await isLastAdmin(manager, place)))
    return [await leave(manager, place)];
  if (!ownersAreAdmins || isOwner === undefined) return done;
  const given = { teamId, userId, by: 'github' as const, isAdmin: isOwner };
  return [...done, ...(await applyGivenRole(manager, given))];
}

async function join(
  manager: EntityManager,
  { teamId, userId }: Pick<Membership, 'teamId' | 'userId'>,
): Promise<UserAction> {
  const role = 'member';
  const place = { teamId, userId, role, joinedBy: 'github', createdAt: new Date() } as const;
  await manager.insert(Membership, place);
  return { teamId, action: 'user.join', after: { role, by: 'GitHub' } };
}

async function leave(
  manager: EntityManager,
  { id, teamId, userId, role }: Membership,
): Promise<UserAction> {
  await manager.delete(Membership, { id });
  await revokeTokensOf(manager, { teamId, userId }, 'maker_removed');
  return { teamId, action: 'user.remove', before: { role }, after: { by: 'GitHub' } };
}

async function isLastAdmin(manager: EntityManager, { teamId, role }: Membership): Promise<boolean> {
  return role === 'admin' && (await lockAdmins(manager, teamId)).length === 1;
}
