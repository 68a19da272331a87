import type { GithubLinks } from './github-links.js';
import { initials } from './initials.js';

export interface Person {
  login: string;
  /** '' or null where there is none. */
  name: string | null;
  avatarUrl: string | null;
  /** The address of their page; undefined for somebody whom the directory no longer has. */
  page?: string | undefined;
}

/** The page of a member of an integration's directory. */
export const personPath = (integrationId: number, memberId: number): string =>
  `/integrations/github/${integrationId}/members/${memberId}`;

/** Undefined for somebody whom the directory no longer has. */
export const knownPersonPath = (
  integrationId: number,
  memberId: number | null | undefined,
): string | undefined => (memberId ? personPath(integrationId, memberId) : undefined);

/** A person as every list of people shows them: `shared/_person`. */
export function personView({ login, name, avatarUrl, page }: Person, links: GithubLinks) {
  const displayName = name || login;
  return {
    login,
    displayName,
    initials: initials(displayName, login),
    avatar: avatarUrl ? links.avatar(avatarUrl) : undefined,
    // Somebody who was invited by email has no login yet.
    link: login.includes('@') ? undefined : links.profile(login),
    page,
  };
}
