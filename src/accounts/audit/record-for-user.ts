import type { EntityManager } from 'typeorm';
import { Membership } from '../users/membership.entity.js';
import { User } from '../users/user.entity.js';
import { type AuditedAction, NO_TEAM, recordAudit } from './record-audit.js';

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
  const places = await manager.findBy(Membership, { userId });
  if (!user) return;
  const named = { actorName: user.email, subject: user.email };
  const all = places.length > 0 ? places.map(({ teamId }) => teamId) : [null];
  const entries = actions.flatMap((action) =>
    (action.teamId === undefined ? all : [action.teamId]).map((teamId) => ({ ...action, teamId })),
  );
  // In the same order for everybody, because each entry locks the end of a chain.
  entries.sort((one, other) => (one.teamId ?? NO_TEAM) - (other.teamId ?? NO_TEAM));
  for (const entry of entries) await recordAudit(manager, { ...named, ...entry });
}
