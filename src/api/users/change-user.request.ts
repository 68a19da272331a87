import type { Role } from '../../accounts/users/membership.entity.js';
import { RoleField } from './role-field.js';

/** What an admin decides about a user. */
export class ChangeUserRequest {
  @RoleField()
  role: Role;
}
