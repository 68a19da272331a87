import type { Caller } from '../caller.js';
import type { SimOrganization } from '../organization.js';
import { avatarUrl } from '../rest/bodies.js';
import type { SimUser } from '../user.js';
import type { Account } from '../world.js';
import { memberConnection } from './connection.js';

const LARGEST_INT = 2 ** 31 - 1;

/** `databaseId` is a 32-bit `Int` in GitHub's schema: a larger id cannot be shown. */
function databaseId(id: number): number | null {
  return id > LARGEST_INT ? null : id;
}

/** Null for a suspended or deleted user, who has no profile. An email that is not public is '' here, not null. */
export function presentUser(user: SimUser) {
  if (user.state !== 'active') return null;
  return {
    __typename: 'User',
    id: user.nodeId,
    databaseId: databaseId(user.id),
    login: user.login,
    name: user.name,
    email: user.email ?? '',
    avatarUrl: avatarUrl(user.id),
    url: `https://github.com/${user.login}`,
    createdAt: user.createdAt,
  };
}

export function presentOrganization(organization: SimOrganization, caller: Caller) {
  return {
    __typename: 'Organization',
    id: organization.nodeId,
    databaseId: databaseId(organization.id),
    login: organization.login,
    name: organization.name,
    avatarUrl: avatarUrl(organization.id),
    url: `https://github.com/${organization.login}`,
    membersWithRole: (page: { first?: number; after?: string }) =>
      memberConnection(organization, caller, page),
  };
}

export function presentAccount(account: Account, caller: Caller) {
  return account.kind === 'User' ? presentUser(account) : presentOrganization(account, caller);
}
