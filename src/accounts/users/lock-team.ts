import { type EntityManager, In } from 'typeorm';
import { forUpdate } from '../../platform/database/dialect.js';
import { PublicError } from '../../platform/public-error.js';
import { Team } from './team.entity.js';

/**
 * Locks a team until the transaction ends: who is in it, in which role, and who is invited. Call it first.
 * @throws PublicError `team_not_found` where somebody just deleted the team
 */
export async function lockTeam(manager: EntityManager, id: number): Promise<Team> {
  const team = await forUpdate(manager.createQueryBuilder(Team, 'team').where({ id })).getOne();
  if (!team) throw teamGone();
  return team;
}

/** The same for several; returns the ids of those that exist. */
export async function lockTeams(manager: EntityManager, ids: number[]): Promise<Set<number>> {
  if (ids.length === 0) return new Set();
  const select = manager.createQueryBuilder(Team, 'team').where({ id: In(ids) });
  // In the same order for everybody.
  const found = await forUpdate(select.orderBy('team.id')).getMany();
  return new Set(found.map(({ id }) => id));
}

export const teamGone = () =>
  new PublicError(
    404,
    'team_not_found',
    'There is no such team any more.',
    'Choose one from the list. Somebody may have deleted it.',
  );
