import { z } from 'zod';
import { ConfigError } from './config-error.js';
import { githubVariables } from './github-config.js';
import { mailVariables } from './mail-config.js';
import { observabilityVariables } from './observability-config.js';
import { oidcVariables } from './oidc-config.js';
import { newPassword } from './password-form.js';
import { proxyVariables } from './proxy-config.js';
import { hasPlainPath } from './public-path.js';
import { refuseQuotes } from './quotes.js';
import { signInVariables } from './sign-in-config.js';
import { trustedProxies } from './trusted-proxies.js';
import { baseUrl, flag, key, seconds, url, wholeNumber } from './values.js';

/** Every variable that Rollcall reads, with its default. */
export const environment = z.object({
  HOST: z.string().default('127.0.0.1'),
  PORT: wholeNumber(0, 65_535).default(3000),
  PUBLIC_URL: baseUrl('http:', 'https:')
    .refine(hasPlainPath, "must have a path of letters, digits, '-', '.', '_' and '~' only")
    .optional(),
  TRUSTED_PROXIES: trustedProxies,
  ROLE: z.enum(['all', 'web', 'worker'], { message: 'must be all, web or worker' }).default('all'),
  DATA_DIR: z.string().default('./data'),
  DATABASE_URL: z.string().optional(),
  REDIS_URL: url('redis:', 'rediss:').optional(),
  REDIS_TLS_CA: z.string().optional(),
  SECRET_KEY: key.optional(),
  SECRET_KEY_PREVIOUS: key.optional(),
  ADMIN_EMAIL: z
    .string()
    .regex(/^[^\s@]+@[^\s@]+$/, 'must be an email address')
    .default('admin@localhost'),
  ADMIN_PASSWORD: newPassword.optional(),
  GITHUB_API_URL: baseUrl('http:', 'https:').default('https://api.github.com'),
  ALLOW_PRIVATE_API_URLS: flag.default(false),
  ...githubVariables,
  ...oidcVariables,
  ...signInVariables,
  ...proxyVariables,
  ...observabilityVariables,
  ...mailVariables,
  API_REQUESTS_PER_MINUTE: wholeNumber(1, 1_000_000).default(1_200),
  API_SYNC_PAUSE_SECONDS: seconds(0, 86_400, 10),
  API_TEAM_REQUESTS_PER_MINUTE: wholeNumber(1, 10_000_000).optional(),
  PAGE_REQUESTS_PER_MINUTE: wholeNumber(1, 1_000_000).default(3_000),
  RUN_LEASE_SECONDS: seconds(2, 3600, 20),
  SWEEP_SECONDS: seconds(1, 600, 5),
  SYNC_CONCURRENCY: wholeNumber(1, 100).default(4),
  GITHUB_CONCURRENCY: wholeNumber(1, 50).default(8),
  GITHUB_RESERVE_PERCENT: wholeNumber(0, 90).default(10),
  KEEP_DAYS: wholeNumber(1, 36_500).default(730),
  KEEP_AUDIT_DAYS: wholeNumber(1, 36_500).default(730),
  NOTIFICATION_TIMEOUT_SECONDS: seconds(1, 60, 10),
  WEBHOOK_GATHER_MS: wholeNumber(0, 60_000).default(2_000),
  MAX_MEMBERS: wholeNumber(1, 10_000_000).default(500_000),
});

export type Environment = z.infer<typeof environment>;

/** @throws ConfigError */
export function parseEnvironment(given: Record<string, string>): Environment {
  for (const name of Object.keys(environment.shape)) refuseQuotes(name, given[name] ?? '');
  const parsed = environment.safeParse(given);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new ConfigError(String(issue?.path[0]), issue?.message ?? 'is wrong');
}
