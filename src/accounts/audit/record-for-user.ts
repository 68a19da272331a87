import type { EntityManager } from 'typeorm';
import { Membership } from '../users/membership.entity.js';
import { User } from '../users/user.entity.js';
import { type AuditedAction, recordAudit } from './record-audit.js';

export type UserAction = Omit<AuditedAction, 'subject' | 'actorName'>;

/**
 * Records what a user did to their own account, who may not be signed in: in the log of each of their teams, where an
 * action names no other. Call it last in the transaction, as `recordAudit`.
 */
export async function recordForUser(
  manager: EntityManager,
  userId: number,
  actions: UserAction[],
): Promise<void> {
  const user = await manager.findOneBy(User, { id: userId });
  // In the same order for everybody, because each entry locks the end of a chain.
  const places = await manager.find(Membership, { where: { userId }, order: { teamId: 'ASC' } });
  if (!user) return;
  const named = { actorName: user.email, subject: user.email };
  const all = places.length > 0 ? places.map(({ teamId }) => teamId) : [null];
  for (const action of actions)
    for (const teamId of action.teamId === undefined ? all : [action.teamId])
      await recordAudit(manager, { ...named, ...action, teamId });
}
