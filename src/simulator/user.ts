import { nodeIdOf } from './node-id.js';

export type UserState = 'active' | 'suspended' | 'deleted';

/** An address of somebody's account, which only they and those whom they let may see. */
interface SimEmail {
  readonly email: string;
  readonly primary: boolean;
  readonly verified: boolean;
}

/** A person on the simulated GitHub. Logins and states change through the `World`, which indexes them. */
export interface SimUser {
  readonly kind: 'User';
  readonly id: number;
  /** As REST shows it in `node_id` and GraphQL in `id`. */
  readonly nodeId: string;
  readonly login: string;
  readonly state: UserState;
  name: string | null;
  /** The public email, or null where none is shown. */
  email: string | null;
  /** The addresses of the account; one verified address where undefined. */
  emails?: readonly SimEmail[];
  twoFactor: boolean;
  /** As lists show it in `type`: machine accounts of an Enterprise Server may be bots. */
  readonly accountType: 'User' | 'Bot';
  readonly createdAt: string;
}

export type UserDetails = Pick<SimUser, 'id' | 'login' | 'name' | 'email' | 'twoFactor'> &
  Partial<Pick<SimUser, 'accountType' | 'emails'>>;

export function makeUser(details: UserDetails): SimUser {
  return {
    accountType: 'User',
    ...details,
    kind: 'User',
    nodeId: nodeIdOf('User', details.id),
    state: 'active',
    createdAt: createdAt(details.id),
  };
}

/** Ids were given out in order, so a larger one means a younger account. */
function createdAt(id: number): string {
  const seconds = Math.min(id * 2, 500_000_000);
  return isoSeconds(new Date(Date.UTC(2009, 0, 1) + seconds * 1000));
}

/** GitHub's times have no fraction of a second. */
export function isoSeconds(time: Date): string {
  return time.toISOString().replace(/\.\d+Z$/, 'Z');
}
