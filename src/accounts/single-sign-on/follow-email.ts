import type { EntityManager } from 'typeorm';
import type { UserAction } from '../audit/record-for-user.js';
import { User } from '../users/user.entity.js';

/** The shown address follows the provider's, unless it is unverified or somebody else's. The user stays the same. */
export async function followEmail(
  manager: EntityManager,
  user: User,
  email: string | undefined,
): Promise<UserAction[]> {
  if (!email || email === user.email || (await manager.existsBy(User, { email }))) return [];
  await manager.update(User, { id: user.id }, { email });
  return [{ action: 'user.email', before: { email: user.email }, after: { email } }];
}
