import { webAddress } from '../github/errors/web-address.js';

/** The pages where people create tokens on the configured GitHub; empty where it is not https. */
export function tokenPages(apiUrl: string) {
  const web = webAddress(apiUrl);
  if (!web.startsWith('https:')) return {};
  const asked = new URLSearchParams({ description: 'Rollcall', scopes: 'read:org,read:user' });
  return {
    classicPage: `${web}/settings/tokens/new?${asked}`,
    fineGrainedPage: `${web}/settings/personal-access-tokens/new`,
  };
}
