import type { INestApplicationContext } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Membership, type Role } from '../../src/accounts/users/membership.entity.js';
import { TeamsService } from '../../src/accounts/users/teams.service.js';
import { User } from '../../src/accounts/users/user.entity.js';

export const PASSWORD = 'correct horse battery';

/** Of PASSWORD, at a cost of a millisecond: a real hash takes a third of a second, and a real sign-in as long again. */
const PASSWORD_HASH =
  'scrypt$1024$8$1$AAAAAAAAAAAAAAAAAAAAAA==$AsWvwMY/76m6UtetkFvlJIEPTCAm8Pu2vkYrRktx10s=';

interface NewPerson {
  email: string;
  role: Role;
  teamSlug: string;
}

/** Makes a user who can sign in with PASSWORD, and puts them into the team in that role. */
export async function makePerson(
  app: INestApplicationContext,
  { email, role, teamSlug }: NewPerson,
): Promise<void> {
  const { manager } = app.get(DataSource, { strict: false });
  const team = await app.get(TeamsService, { strict: false }).findOrCreate(teamSlug);
  const user =
    (await manager.findOneBy(User, { email })) ??
    (await manager.save(
      manager.create(User, { email, passwordHash: PASSWORD_HASH, createdAt: new Date() }),
    ));
  const place = { teamId: team.id, userId: user.id };
  const membership =
    (await manager.findOneBy(Membership, place)) ??
    manager.create(Membership, { ...place, createdAt: new Date() });
  await manager.save(Object.assign(membership, { role }));
}
