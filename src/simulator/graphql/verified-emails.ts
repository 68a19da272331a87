import { isOwner, lackingMessage } from '../access.js';
import type { Caller } from '../caller.js';
import type { SimOrganization } from '../organization.js';
import type { SimUser } from '../user.js';
import type { GraphqlContext } from './context.js';
import { TypedError } from './errors.js';

/** Somebody's addresses in the verified domains of an organization. @throws TypedError to who may not see them */
export function verifiedEmails(
  user: SimUser,
  login: string,
  { world, caller }: Pick<GraphqlContext, 'world' | 'caller'>,
): readonly string[] {
  const organization = world.organization(login);
  if (!organization) return [];
  requireIdentityRights(organization, caller);
  return organization.identities.verifiedEmailsOf(user);
}

/** An owner's token with scopes, or an App that may read the administration of the organization. */
export function requireIdentityRights(organization: SimOrganization, caller: Caller): void {
  const { token } = caller;
  const isGranted =
    token?.kind === 'installation'
      ? token.grantedBy(organization)?.permissions.organization_administration !== undefined
      : token?.hasScopes && isOwner(caller, organization);
  if (isGranted) return;
  const isMember = token?.hasScopes && token.readsMembersOf(organization);
  const words = `You must be an owner of ${organization.login} to see this.`;
  throw new TypedError('FORBIDDEN', isMember ? words : lackingMessage(caller));
}
