import type { GithubLinks } from './github-links.js';
import { initials } from './initials.js';

export interface Person {
  login: string;
  /** '' or null where there is none. */
  name: string | null;
  avatarUrl: string | null;
}

/** A person as every list of people shows them: `shared/_person`. */
export function personView({ login, name, avatarUrl }: Person, links: GithubLinks) {
  const displayName = name || login;
  return {
    login,
    displayName,
    initials: initials(displayName, login),
    avatar: avatarUrl ? links.avatar(avatarUrl) : undefined,
    link: links.profile(login),
  };
}
