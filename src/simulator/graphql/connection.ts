import { grantRefusal, isOwner, lackingMessage, seesConcealed } from '../access.js';
import type { Caller } from '../caller.js';
import type { SimMembership } from '../membership.js';
import type { SimOrganization } from '../organization.js';
import { TypedError } from './errors.js';
import { type PageArguments, pageOf } from './paging.js';
import { presentUser } from './present-user.js';

/** A page of members by ascending id. */
export function memberConnection(
  organization: SimOrganization,
  caller: Caller,
  asked: PageArguments,
) {
  if (grantRefusal(caller, organization, ''))
    throw new TypedError('FORBIDDEN', lackingMessage(caller));
  const insider = seesConcealed(caller, organization);
  const list = organization.list({ publicOnly: !insider });
  const idOf = ({ user }: SimMembership) => user.id;
  const page = pageOf({ list, idOf, field: 'membersWithRole' }, asked);
  const owner = isOwner(caller, organization);
  return {
    edges: () =>
      page.items.map((member) => ({
        cursor: page.cursorOf(member),
        node: presentUser(member.user),
        role: insider ? member.role.toUpperCase() : null,
        hasTwoFactorEnabled: owner ? member.user.twoFactor : null,
      })),
    nodes: () => page.items.map(({ user }) => presentUser(user)),
    pageInfo: page.pageInfo,
    totalCount: page.totalCount,
  };
}
