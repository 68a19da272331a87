import type { GithubClient } from './github-client.js';
import type { ListOptions } from './member-list.js';

/** What a credential sees of an organization. */
export interface Sight extends Pick<ListOptions, 'list' | 'twoFactor' | 'email'> {
  /** GitHub's id of the credential's owner, who is on a complete list; null where nobody in particular owns it. */
  userId: number | null;
}

/** Undefined for somebody who is no active member: GitHub shows them public members only, and says nothing of it. */
export async function sightOf(client: GithubClient, login: string): Promise<Sight | undefined> {
  const [{ scopes }, membership] = await Promise.all([client.viewer(), client.membership(login)]);
  if (!membership) return undefined;
  const { userId, isOwner } = membership;
  return { list: 'members', twoFactor: isOwner, email: maySeeEmail(scopes), userId };
}

/** A classic token needs a scope for public email addresses, a fine-grained one does not tell its rights. */
const maySeeEmail = (scopes: string[] | undefined): boolean =>
  !scopes || scopes.some((scope) => ['user', 'read:user', 'user:email'].includes(scope));
