import type { SimApp } from '../apps/app.js';
import { nodeIdOf } from '../node-id.js';
import { avatarUrl } from '../rest/bodies.js';
import type { SimUser } from '../user.js';
import type { GraphqlContext } from './context.js';
import { verifiedEmails } from './verified-emails.js';

const LARGEST_INT = 2 ** 31 - 1;

/** `databaseId` is a 32-bit `Int` in GitHub's schema: a larger id cannot be shown. */
export function databaseId(id: number): number | null {
  return id > LARGEST_INT ? null : id;
}

/** Null for a deleted user, and where no Enterprise Server answers for a suspended one: they have no profile. An email that is not public is '' here, not null. */
export function presentUser(user: SimUser, isServer = false) {
  if (user.state === 'deleted' || (user.state === 'suspended' && !isServer)) return null;
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
    suspendedAt: user.state === 'suspended' ? '2026-03-01T12:00:00Z' : null,
    organizationVerifiedDomainEmails: ({ login }: { login: string }, context: GraphqlContext) =>
      verifiedEmails(user, login, context),
  };
}

/** Whom an installation's token acts as. */
export function presentBot({ id, botLogin, slug }: SimApp) {
  return {
    __typename: 'User',
    id: nodeIdOf('User', id),
    databaseId: databaseId(id),
    login: botLogin,
    name: null,
    email: '',
    avatarUrl: avatarUrl(id),
    url: `https://github.com/apps/${slug}`,
    createdAt: '2024-03-05T10:00:00Z',
  };
}
