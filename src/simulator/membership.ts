import type { SimUser } from './user.js';

export type Role = 'admin' | 'member';

export interface SimMembership {
  readonly user: SimUser;
  readonly role: Role;
  /** Whether people outside the organization see it. */
  readonly public: boolean;
}
