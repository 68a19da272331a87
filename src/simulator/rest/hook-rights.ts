import { lackingMessage } from '../access.js';
import { type Answer, notFound, problem } from '../answer.js';
import type { SimOrganization } from '../organization.js';
import type { RestCall } from './call.js';

/** Only owners and Apps that are granted it get at webhooks. Tokens with scopes are told nothing, as if there were none. */
export function hookRefusal(
  { caller, page }: RestCall,
  organization: SimOrganization,
  level: 'read' | 'write',
): Answer | undefined {
  const { token, user } = caller;
  if (!token) return notFound(page);
  const isOwner = organization.membership(user)?.role === 'admin';
  const isAllowed = isOwner || token.kind === 'installation';
  if (isAllowed && token.managesHooksOf(organization, level)) return undefined;
  return token.hasScopes ? notFound(page) : problem(403, lackingMessage(caller), page);
}
