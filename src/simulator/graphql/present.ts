import type { Caller } from '../caller.js';
import type { SimOrganization } from '../organization.js';
import { avatarUrl } from '../rest/bodies.js';
import type { Account } from '../world.js';
import { memberConnection } from './connection.js';
import { databaseId, presentUser } from './present-user.js';

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
