import type { DataSource } from 'typeorm';
import type { Identity } from '../identity.js';
import { Membership } from '../users/membership.entity.js';
import { Team } from '../users/team.entity.js';
import { User } from '../users/user.entity.js';
import { Session } from './session.entity.js';

/** A team that somebody belongs to, and their role. */
export type SessionTeam = Pick<
  Identity,
  'teamId' | 'teamSlug' | 'role' | 'name' | 'instanceAdmin' | 'mustChangePassword'
>;

export type FoundSession = Pick<
  Session,
  'userId' | 'data' | 'expiresAt' | 'recheckAt' | 'lastUsedAt'
> & {
  /** The teams of its user, the oldest membership first. */
  teams: SessionTeam[];
};

/** Sessions by the hashes of their ids, with the teams of their users, in one statement. */
export async function findSessions(
  dataSource: DataSource,
  idHashes: string[],
): Promise<Map<string, FoundSession>> {
  const { entities, raw } = await dataSource
    .createQueryBuilder(Session, 'session')
    .leftJoin(Membership, 'membership', 'membership.user_id = session.user_id')
    .leftJoin(Team, 'team', 'team.id = membership.team_id')
    .leftJoin(User, 'user', 'user.id = membership.user_id')
    .addSelect('team.id', 'teamId')
    .addSelect('team.slug', 'teamSlug')
    .addSelect('membership.role', 'role')
    .addSelect('user.email', 'name')
    .addSelect('user.instance_admin', 'instanceAdmin')
    .addSelect('user.must_change_password', 'mustChangePassword')
    .where('session.id_hash IN (:...idHashes)', { idHashes })
    .orderBy('membership.id')
    .getRawAndEntities<SessionTeam & { session_id_hash: string }>();
  return new Map(
    entities.map(({ idHash, userId, data, expiresAt, recheckAt, lastUsedAt }) => {
      const teams = raw
        .filter(({ session_id_hash, teamId }) => session_id_hash === idHash && teamId !== null)
        .map(({ teamId, teamSlug, role, name, instanceAdmin, mustChangePassword }) => ({
          ...{ teamId, teamSlug, role, name },
          instanceAdmin: Boolean(instanceAdmin),
          mustChangePassword: Boolean(mustChangePassword),
        }));
      return [idHash, { userId, data, expiresAt, recheckAt, lastUsedAt, teams }];
    }),
  );
}
