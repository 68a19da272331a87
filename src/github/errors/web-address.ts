/** The website of the GitHub at an API address: github.com, an Enterprise Server, or a subdomain of ghe.com. */
export function webAddress(apiUrl: string): string {
  const { protocol, host } = new URL(apiUrl);
  return `${protocol}//${host.replace(/^api\./, '')}`;
}

/** Whether an API address is GitHub Enterprise Server's, which uses this path. */
export const isEnterpriseServer = (apiUrl: string): boolean =>
  new URL(apiUrl).pathname.startsWith('/api/v3');
