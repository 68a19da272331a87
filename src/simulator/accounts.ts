import type { Caller } from './caller.js';
import type { Account } from './rate-limits.js';

const HOURLY = { core: 5000, graphql: 5000 };
/** Callers without a token share one account, and have no GraphQL. */
const NOBODY: Account = { name: '127.0.0.1', hourly: { core: 60, graphql: 0 } };

/** Whose limits a caller uses up. */
export function accountOf({ user }: Pick<Caller, 'user'>): Account {
  return user ? { name: `user ID ${user.id}`, hourly: HOURLY } : NOBODY;
}
