/** The host where people see the GitHub behind an API address: that of github.com, of an Enterprise Server or of ghe.com. */
export function githubHost(apiUrl: string): string {
  const { host } = new URL(apiUrl);
  return host.replace(/^api\./, '');
}

/** A person's or an organization's page on GitHub; undefined where it is not https. */
export function profileLink(apiUrl: string, login: string): string | undefined {
  if (!isHttps(apiUrl)) return undefined;
  return `https://${githubHost(apiUrl)}/${encodeURIComponent(login)}`;
}

export const isHttps = (address: string): boolean => URL.parse(address)?.protocol === 'https:';
