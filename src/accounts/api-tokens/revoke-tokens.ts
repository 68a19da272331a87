import { type EntityManager, IsNull } from 'typeorm';
import { ApiToken, type RevocationReason } from './api-token.entity.js';

/** Somebody's place in a team. */
export interface TeamUser {
  teamId: number;
  userId: number;
}

/**
 * Revokes the API tokens that somebody made for a team, and returns how many. Call it in the transaction that takes the
 * admin role from them: a demotion, or a removal from the team.
 */
export async function revokeTokensOf(
  manager: EntityManager,
  { teamId, userId: madeByUserId }: TeamUser,
  revokedBecause: Exclude<RevocationReason, 'by_admin'>,
): Promise<number> {
  const { affected } = await manager.update(
    ApiToken,
    { teamId, madeByUserId, revokedAt: IsNull() },
    { revokedAt: new Date(), revokedBecause },
  );
  return affected ?? 0;
}
