import { webAddress } from '../github/errors/web-address.js';

/** Where tokens are made on the GitHub that this server is set up for; nothing where that is not https. */
export function tokenPages(apiUrl: string) {
  const web = webAddress(apiUrl);
  if (!web.startsWith('https:')) return {};
  const asked = new URLSearchParams({ description: 'Rollcall', scopes: 'read:org,read:user' });
  return {
    classicPage: `${web}/settings/tokens/new?${asked}`,
    fineGrainedPage: `${web}/settings/personal-access-tokens/new`,
  };
}
