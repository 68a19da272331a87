import type { Caller } from '../caller.js';
import type { SimOrganization } from '../organization.js';
import { avatarUrl } from '../rest/bodies.js';
import { memberConnection } from './connection.js';
import { identityProvider } from './identities.js';
import type { PageArguments } from './paging.js';
import { databaseId } from './present-user.js';
import { teamConnection } from './teams.js';

export function presentOrganization(organization: SimOrganization, caller: Caller) {
  return {
    __typename: 'Organization',
    id: organization.nodeId,
    databaseId: databaseId(organization.id),
    login: organization.login,
    name: organization.name,
    avatarUrl: avatarUrl(organization.id),
    url: `https://github.com/${organization.login}`,
    membersWithRole: (page: PageArguments) => memberConnection(organization, caller, page),
    samlIdentityProvider: () => identityProvider(organization, caller),
    teams: (page: PageArguments) => teamConnection(organization, caller, page),
  };
}
