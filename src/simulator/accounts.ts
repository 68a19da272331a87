import type { SimInstallation } from './apps/installation.js';
import type { Caller } from './caller.js';
import type { Account } from './rate-limits.js';

const POINTS = 5000;
const HOURLY = { core: POINTS, graphql: POINTS };
/** Callers without a token share one account, and have no GraphQL. */
const NOBODY: Account = { name: '127.0.0.1', hourly: { core: 60, graphql: 0 } };

/** Whose limits a caller uses up. */
export function accountOf({ user, token, app }: Partial<Caller>): Account {
  if (user) return { name: `user ID ${user.id}`, hourly: HOURLY };
  if (token?.installation) return installationAccount(token.installation);
  return app ? { name: `App ID ${app.id}`, hourly: HOURLY } : NOBODY;
}

/** An installation's hour grows with the organization. */
function installationAccount({ id, organization }: SimInstallation): Account {
  const points = Math.min(12_500, POINTS + 50 * Math.max(0, organization.size - 20));
  return { name: `installation ID ${id}`, hourly: { core: points, graphql: points } };
}
