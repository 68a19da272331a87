/** Where people see the GitHub behind an API address: github.com, a Server's own address, or a subdomain of ghe.com. */
export function webAddress(apiUrl: string): string {
  const { protocol, host } = new URL(apiUrl);
  return `${protocol}//${host.replace(/^api\./, '')}`;
}

/** Whether an API address is one of GitHub Enterprise Server, which serves it under this path. */
export const isEnterpriseServer = (apiUrl: string): boolean =>
  new URL(apiUrl).pathname.startsWith('/api/v3');
