import ipaddr from 'ipaddr.js';
import { z } from 'zod';
import { parseUrl } from './parse-url.js';

/** The proxies for requests to other servers. A URL may contain a user and a password. */
export interface ProxyConfig {
  /** For http:// addresses. */
  http: URL | undefined;
  /** For https:// addresses. */
  https: URL | undefined;
  /**
   * Hosts that need no proxy, in lower case: `*`, names (with their subdomains), addresses, CIDR ranges; each may end
   * in `:PORT`.
   */
  exempt: string[];
}

const proxyAddress = z
  .string()
  .transform((value, context) => {
    // As in curl, HOST:PORT without a scheme is an http proxy.
    const url = parseUrl(/^[^/\s]+:\d+\/?$/.test(value) ? `http://${value}` : value);
    if (url && isProxy(url)) return url;
    context.addIssue({
      code: 'custom',
      message:
        'must be the address of a proxy, like http://HOST:PORT or http://USER:PASSWORD@HOST:PORT',
    });
    return z.NEVER;
  })
  .optional();

function isProxy({ protocol, pathname, search, hash, username, password }: URL): boolean {
  const isPlain = ['http:', 'https:'].includes(protocol) && pathname === '/' && !search && !hash;
  return isPlain && isDecodable(username) && isDecodable(password);
}

function isDecodable(text: string): boolean {
  return !/%(?![0-9a-f]{2})/i.test(text);
}

const exemptHosts = z
  .string()
  .transform((value) =>
    value
      .toLowerCase()
      .split(/[,\s]+/)
      .filter(Boolean),
  )
  .refine((hosts) => hosts.every(isHost), {
    message: 'must be hosts separated by commas, like localhost,.acme.example,10.0.0.0/8',
  })
  .optional();

const isHost = (entry: string): boolean =>
  entry === '*' ||
  ipaddr.isValid(entry) ||
  ipaddr.isValidCIDR(entry) ||
  /^(\*?\.)?[a-z0-9_]([a-z0-9._-]*[a-z0-9_])?\.?(:\d{1,5})?$/.test(entry) ||
  /^\[[0-9a-f:.]+\](:\d{1,5})?$/.test(entry);

/** As in curl, lower-case names work too, and take precedence. */
export const proxyVariables = {
  HTTPS_PROXY: proxyAddress,
  https_proxy: proxyAddress,
  HTTP_PROXY: proxyAddress,
  http_proxy: proxyAddress,
  NO_PROXY: exemptHosts,
  no_proxy: exemptHosts,
};

type Variables = {
  [Name in keyof typeof proxyVariables]?: z.infer<(typeof proxyVariables)[Name]>;
};

export function proxyConfig(env: Variables): ProxyConfig {
  return {
    http: env.http_proxy ?? env.HTTP_PROXY,
    https: env.https_proxy ?? env.HTTPS_PROXY,
    exempt: env.no_proxy ?? env.NO_PROXY ?? [],
  };
}
