import type { SimApp, SimInstallation } from './apps/app.js';
import type { Payer } from './rate-limits.js';
import type { SimToken } from './token.js';
import type { SimUser } from './user.js';

interface Asker {
  user?: SimUser | undefined;
  token?: SimToken | undefined;
  app?: SimApp | undefined;
}

const POINTS = 5000;
const HOURLY = { core: POINTS, graphql: POINTS };
/** Callers without a token share one hour, and have no GraphQL. */
const NOBODY: Payer = { name: '127.0.0.1', hourly: { core: 60, graphql: 0 } };

/** Whose limits a caller uses up. */
export function payerOf({ user, token, app }: Asker): Payer {
  if (user) return { name: `user ID ${user.id}`, hourly: HOURLY };
  if (token?.installation) return installationPayer(token.installation);
  return app ? { name: `App ID ${app.id}`, hourly: HOURLY } : NOBODY;
}

/** An installation's hour grows with the organization. */
function installationPayer({ id, organization }: SimInstallation): Payer {
  const points = Math.min(12_500, POINTS + 50 * Math.max(0, organization.size - 20));
  return { name: `installation ID ${id}`, hourly: { core: points, graphql: points } };
}
