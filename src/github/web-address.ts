/** Where people see the GitHub behind an API address: github.com, a Server's own address, or a subdomain of ghe.com. */
export function webAddress(apiUrl: string): string {
  const { protocol, host } = new URL(apiUrl);
  return `${protocol}//${host.replace(/^api\./, '')}`;
}
