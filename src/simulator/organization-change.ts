import type { SimInvitation } from './invitations.js';
import type { SimMembership } from './membership.js';

/** What GitHub tells the webhooks of an organization. A change of a role, a login or a profile is not among it. */
export type OrganizationChange =
  | { readonly action: 'member_added' | 'member_removed'; readonly membership: SimMembership }
  | { readonly action: 'member_invited'; readonly invitation: SimInvitation }
  | { readonly action: 'renamed'; readonly from: string }
  | { readonly action: 'deleted' };
