import { type EntityManager, In, MoreThan } from 'typeorm';
import { PublicError } from '../../platform/public-error.js';
import { Membership, type Role } from './membership.entity.js';
import { User } from './user.entity.js';

/** A user of a team, with their role there. */
export interface TeamMember {
  id: number;
  email: string;
  name: string | null;
  role: Role;
  instanceAdmin: boolean;
  lastSeenAt: Date | null;
  /** When they joined the team. */
  joinedAt: Date;
}

/** The users of a team by id, after the one with the id `after`. */
export async function findTeamUsers(
  manager: EntityManager,
  teamId: number,
  { limit, after = 0 }: { limit?: number; after?: number } = {},
): Promise<TeamMember[]> {
  const places = await manager.find(Membership, {
    where: { teamId, userId: MoreThan(after) },
    order: { userId: 'ASC' },
    take: limit,
  });
  return withUsers(manager, places);
}

/** @throws PublicError `user_not_found`, also for a user of another team */
export async function getTeamUser(
  manager: EntityManager,
  teamId: number,
  userId: number,
): Promise<TeamMember> {
  const [user] = await withUsers(manager, await manager.findBy(Membership, { teamId, userId }));
  if (user) return user;
  throw userNotFound();
}

async function withUsers(manager: EntityManager, places: Membership[]): Promise<TeamMember[]> {
  const ids = places.map(({ userId }) => userId);
  const users = new Map((await manager.findBy(User, { id: In(ids) })).map((one) => [one.id, one]));
  return places.flatMap(({ userId, role, createdAt: joinedAt }) => {
    const user = users.get(userId);
    if (!user) return [];
    const { id, email, name, instanceAdmin, lastSeenAt } = user;
    return { id, email, name, role, instanceAdmin, lastSeenAt, joinedAt };
  });
}

export const userNotFound = () =>
  new PublicError(
    404,
    'user_not_found',
    'Your team does not have this user.',
    'Choose one from the list of users. Somebody may have removed them.',
  );
