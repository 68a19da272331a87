import type { Caller } from '../caller.js';
import type { SimIdentity } from '../identities.js';
import type { SimOrganization } from '../organization.js';
import { type PageArguments, pageOf } from './paging.js';
import { presentUser } from './present-user.js';
import { requireIdentityRights } from './verified-emails.js';

interface IdentityFilters {
  readonly membersOnly?: boolean | null;
  /** In any case. */
  readonly login?: string | null;
}

type IdentityArguments = PageArguments & IdentityFilters;

/** Null where single sign-on is not set up at the organization. @throws TypedError to who may not see it */
export function identityProvider(organization: SimOrganization, caller: Caller) {
  requireIdentityRights(organization, caller);
  if (!organization.identities.isSetUp) return null;
  return {
    externalIdentities: ({ membersOnly, login, ...asked }: IdentityArguments) => {
      const list = identitiesOf(organization, { membersOnly, login });
      const idOf = ({ number }: SimIdentity) => number;
      const page = pageOf({ list, idOf, field: 'externalIdentities' }, asked);
      return {
        nodes: () => page.items.map(presentIdentity),
        pageInfo: page.pageInfo,
        totalCount: page.totalCount,
      };
    },
  };
}

function identitiesOf(
  organization: SimOrganization,
  { membersOnly, login }: IdentityFilters,
): readonly SimIdentity[] {
  const { identities } = organization;
  if (typeof login !== 'string')
    return membersOnly ? identities.ofMembers(organization.list()) : identities.list();
  const isMember = ({ user }: SimIdentity) => organization.membership(user ?? undefined);
  return identities.ofLogin(login).filter((one) => !membersOnly || isMember(one));
}

function presentIdentity({ guid, user, saml, scim }: SimIdentity) {
  const emails = (all: readonly string[]) => all.map((value, i) => ({ value, primary: i === 0 }));
  return {
    __typename: 'ExternalIdentity',
    id: Buffer.from(`016:ExternalIdentity${guid}`).toString('base64'),
    guid,
    user: user && presentUser(user),
    samlIdentity: saml && { nameId: saml.nameId, username: null, emails: emails(saml.emails) },
    scimIdentity: scim && { username: scim.username, emails: emails(scim.emails) },
  };
}
