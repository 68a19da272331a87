import { z } from 'zod';
import { ConfigError } from './config-error.js';
import { parseUrl } from './parse-url.js';
import { baseUrl, flag, wholeNumber } from './values.js';

/** The identity provider at which people sign in (OpenID Connect). */
export interface OidcConfig {
  issuer: string;
  clientId: string;
  clientSecret: string;
  /** The domains of the email addresses that may sign in, in lower case; empty for all. */
  allowedDomains: string[];
  /** The groups of the claim `groups` whose people are admins of the team `default`. */
  adminGroups: string[];
  /** How often the provider is asked whether a signed-in person may still sign in. */
  recheckMinutes: number;
}

/** In minutes. */
const DEFAULT_RECHECK = 15;

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
  OIDC_RECHECK_MINUTES: wholeNumber(1, 1_440).optional(),
  PASSWORD_SIGN_IN: flag.default(true),
};

type Variables = { [Name in keyof typeof oidcVariables]?: z.infer<(typeof oidcVariables)[Name]> };

const REQUIRED = ['OIDC_ISSUER', 'OIDC_CLIENT_ID', 'OIDC_CLIENT_SECRET'] as const;
const OTHERS = ['OIDC_ALLOWED_DOMAINS', 'OIDC_ADMIN_GROUPS', 'OIDC_RECHECK_MINUTES'] as const;

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
    recheckMinutes: env.OIDC_RECHECK_MINUTES ?? DEFAULT_RECHECK,
  };
}

/** @throws ConfigError where nobody could sign in */
export function passwordSignIn(env: Variables): boolean {
  const { PASSWORD_SIGN_IN: isOn = true } = env;
  if (!isOn && !env.OIDC_ISSUER)
    throw new ConfigError(
      'PASSWORD_SIGN_IN',
      'can be false only when OIDC_ISSUER is set, because nobody could sign in; or unset PASSWORD_SIGN_IN',
    );
  return isOn;
}
