import { z } from 'zod';
import { ConfigError } from './config-error.js';
import { parseUrl } from './parse-url.js';
import { baseUrl } from './values.js';

/** The identity provider at which people sign in (OpenID Connect). */
export interface OidcConfig {
  issuer: string;
  clientId: string;
  clientSecret: string;
  /** The domains of the email addresses that may sign in, in lower case; empty for all. */
  allowedDomains: string[];
  /** The groups of the claim `groups` whose people are admins of the team `default`. */
  adminGroups: string[];
}

const printable = z.string().regex(/^[!-~]+$/, 'must have no spaces or line breaks');

/** Without https, anybody on the way could sign in as anybody. Loopback leaves no machine. */
const isSafe = (value: string): boolean => {
  const { protocol, hostname = '' } = parseUrl(value) ?? {};
  return protocol === 'https:' || /^(localhost|127(\.\d+){3}|\[::1\])$/.test(hostname);
};

const list = z.string().transform((value) =>
  value
    .split(',')
    .map((entry) => entry.trim())
    .filter(Boolean),
);

const DOMAIN = /^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$/;

export const oidcVariables = {
  OIDC_ISSUER: baseUrl('http:', 'https:')
    .refine(isSafe, 'must begin with https:// (http:// is for this machine only)')
    .optional(),
  OIDC_CLIENT_ID: printable.optional(),
  OIDC_CLIENT_SECRET: printable.optional(),
  OIDC_ALLOWED_DOMAINS: list
    .transform((domains) => domains.map((domain) => domain.toLowerCase()))
    .refine(
      (domains) => domains.length > 0 && domains.every((domain) => DOMAIN.test(domain)),
      'must be domains separated by commas, like acme.example,acme.org',
    )
    .optional(),
  OIDC_ADMIN_GROUPS: list
    .refine((groups) => groups.length > 0, 'must be names of groups separated by commas')
    .optional(),
};

type Variables = { [Name in keyof typeof oidcVariables]?: z.infer<(typeof oidcVariables)[Name]> };

const REQUIRED = ['OIDC_ISSUER', 'OIDC_CLIENT_ID', 'OIDC_CLIENT_SECRET'] as const;
const OTHERS = ['OIDC_ALLOWED_DOMAINS', 'OIDC_ADMIN_GROUPS'] as const;

/** Undefined where no provider is set. @throws ConfigError where a part of it is missing */
export function oidcConfig(env: Variables): OidcConfig | undefined {
  const given = [...REQUIRED, ...OTHERS].find((name) => env[name] !== undefined);
  if (!given) return undefined;
  for (const name of REQUIRED)
    if (env[name] === undefined)
      throw new ConfigError(name, `must be set when ${given} is set; or unset ${given}`);
  return {
    issuer: env.OIDC_ISSUER ?? '',
    clientId: env.OIDC_CLIENT_ID ?? '',
    clientSecret: env.OIDC_CLIENT_SECRET ?? '',
    allowedDomains: env.OIDC_ALLOWED_DOMAINS ?? [],
    adminGroups: env.OIDC_ADMIN_GROUPS ?? [],
  };
}
