import type { Answer } from '../answer.js';
import { ssoRequired } from '../fault-effects.js';
import { ssoMessage, ssoRequiredHeader } from '../sso.js';
import type { RestCall } from './call.js';
import { organizationOf } from './organizations.js';

const ABOUT_ORGANIZATION = /^\/(orgs|organizations|user\/memberships\/orgs)\//;

/** The refusal of a member's token that its owner has not authorized by single sign-on, on all that is the organization's. */
export function ssoRefusal(call: RestCall): Answer | undefined {
  const { token } = call.caller;
  if (!token || !ABOUT_ORGANIZATION.test(call.request.pathname)) return undefined;
  const organization = organizationOf(call);
  if (!organization || !token.needsSso(organization)) return undefined;
  return ssoRequired(ssoRequiredHeader(organization), ssoMessage(token.kind));
}
