import { PublicError } from '../../platform/public-error.js';
import type { Role } from './membership.entity.js';

export const ROLES: readonly Role[] = ['admin', 'member'];

/** @throws PublicError `role_invalid` */
export function roleOf(typed: string): Role {
  const role = ROLES.find((one) => one === typed);
  if (role) return role;
  throw new PublicError(422, 'role_invalid', 'There is no such role.', 'Choose admin or member.');
}
