import { type EntityManager, In, LessThan, Not } from 'typeorm';
import { LISTED_STATES, OrganizationInvitation } from './organization-invitation.entity.js';

/** Deletes at most `limit` invitations that ended before `cutoff`; returns how many. */
export async function pruneInvitations(
  manager: EntityManager,
  integrationId: number,
  cutoff: Date,
  limit: number,
): Promise<number> {
  const old = await manager.find(OrganizationInvitation, {
    select: { id: true },
    where: { integrationId, state: Not(In([...LISTED_STATES])), endedAt: LessThan(cutoff) },
    take: limit,
  });
  const ids = old.map(({ id }) => id);
  if (ids.length > 0) await manager.delete(OrganizationInvitation, { id: In(ids) });
  return ids.length;
}
