import type { EntityManager } from 'typeorm';
import type { UserAction } from '../audit/record-for-user.js';
import { NO_PASSWORD } from '../passwords/passwords.js';
import { Membership } from '../users/membership.entity.js';
import { User } from '../users/user.entity.js';
import type { ProvenPerson } from './proven-person.js';
import type { SignInWay } from './sign-in-way.js';
import { emailTaken, emailUnverified } from './sso-failures.js';
import { UserIdentity } from './user-identity.entity.js';

interface FirstLink {
  identity: UserIdentity;
  done: UserAction[];
}

/** Where somebody new belongs, and how they signed in. */
interface Arrival {
  /** The teams of a new user. An existing one keeps their own. */
  teams: Pick<Membership, 'teamId' | 'joinedBy'>[];
  by: SignInWay;
}

/**
 * Links somebody's first sign-in to the user with their verified email address, or to a new user with the least role.
 * @throws PublicError without a verified address, and where the user already belongs to another account of the provider:
 *   an address may be given to somebody else later
 */
export async function firstLink(
  manager: EntityManager,
  {
    issuer,
    subject,
    verifiedEmail: email,
  }: Pick<ProvenPerson, 'issuer' | 'subject' | 'verifiedEmail'>,
  { teams, by }: Arrival,
): Promise<FirstLink> {
  if (!email) throw emailUnverified();
  const known = await manager.findOneBy(User, { email });
  if (known && (await manager.existsBy(UserIdentity, { userId: known.id, issuer })))
    throw emailTaken();
  const userId = known?.id ?? (await makeUser(manager, email, teams));
  const now = new Date();
  await manager.insert(UserIdentity, { userId, issuer, subject, createdAt: now, checkedAt: now });
  const identity = await manager.findOneByOrFail(UserIdentity, { issuer, subject });
  const created: UserAction = { action: 'user.create', after: { role: 'member', by } };
  const linked: UserAction = { action: 'identity.link', after: { issuer, subject } };
  return { identity, done: known ? [linked] : [created, linked] };
}

async function makeUser(
  manager: EntityManager,
  email: string,
  teams: Arrival['teams'],
): Promise<number> {
  const createdAt = new Date();
  await manager.insert(User, { email, passwordHash: NO_PASSWORD, createdAt });
  const { id: userId } = await manager.findOneByOrFail(User, { email });
  for (const team of teams)
    await manager.insert(Membership, { ...team, userId, role: 'member', createdAt });
  return userId;
}
