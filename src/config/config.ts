import { resolve } from 'node:path';
import { z } from 'zod';
import { ConfigError } from './config-error.js';
import { type GithubConfig, githubApps, githubVariables } from './github-config.js';
import { parseUrl } from './parse-url.js';
import { trustedProxies } from './trusted-proxies.js';

/** Where the data lives: a SQLite file, or a MySQL or MariaDB server. */
export type DatabaseConfig = { type: 'sqlite'; path: string } | { type: 'mysql'; url: string };

/** Everything the environment decides. Durations are in seconds. */
export interface Config {
  host: string;
  port: number;
  /** Undefined until the web listens where neither PUBLIC_URL nor a fixed PORT says it. */
  publicUrl: string | undefined;
  /** Of PUBLIC_URL, with which origins are compared; undefined where it is not set. */
  publicOrigin: string | undefined;
  /** Addresses, ranges and names of ranges, as Express takes them. */
  trustedProxies: string[];
  role: 'all' | 'web' | 'worker';
  dataDir: string;
  database: DatabaseConfig;
  redisUrl: string | undefined;
  /** Undefined when embedded and not set: it is then kept in the data folder. */
  secretKey: Buffer | undefined;
  admin: { email: string; password: string | undefined };
  github: GithubConfig;
  api: {
    /** Of one token, in one process. */
    requestsPerMinute: number;
  };
  sync: {
    leaseSeconds: number;
    sweepSeconds: number;
    concurrency: number;
    githubConcurrency: number;
    /** The share of a credential's hourly limit that is left to others. */
    githubReservePercent: number;
    keepDays: number;
  };
}

const url = (...protocols: string[]) =>
  z.string().refine((value) => protocols.includes(parseUrl(value)?.protocol ?? ''), {
    message: `must be an address that begins with ${protocols.map((p) => `${p}//`).join(' or ')}`,
  });

const flag = z
  .enum(['true', 'false'], { message: 'must be true or false' })
  .transform((value) => value === 'true');

const seconds = (from: number, to: number, preset: number) => wholeNumber(from, to).default(preset);

function wholeNumber(from: number, to: number) {
  return z
    .string()
    .regex(/^\d+$/, `must be a whole number from ${from} to ${to}`)
    .transform(Number)
    .refine(
      (value) => value >= from && value <= to,
      `must be a whole number from ${from} to ${to}`,
    );
}

const secretKey = z.string().transform((value, context) => {
  const bytes = /^[0-9a-f]{64}$/i.test(value)
    ? Buffer.from(value, 'hex')
    : Buffer.from(value, 'base64');
  if (bytes.length === 32) return bytes;
  context.addIssue({
    code: 'custom',
    message: 'must be 32 bytes in hex or base64; `openssl rand -hex 32` makes one',
  });
  return z.NEVER;
});

const environment = z.object({
  HOST: z.string().default('127.0.0.1'),
  PORT: wholeNumber(0, 65_535).default(3000),
  PUBLIC_URL: url('http:', 'https:').optional(),
  TRUSTED_PROXIES: trustedProxies,
  ROLE: z.enum(['all', 'web', 'worker'], { message: 'must be all, web or worker' }).default('all'),
  DATA_DIR: z.string().default('./data'),
  DATABASE_URL: z
    .string()
    .regex(
      /^(sqlite:.+|mysql:\/\/.+)$/,
      'must be sqlite:PATH or mysql://user:password@host:port/database',
    )
    .optional(),
  REDIS_URL: url('redis:', 'rediss:').optional(),
  SECRET_KEY: secretKey.optional(),
  ADMIN_EMAIL: z
    .string()
    .regex(/^[^\s@]+@[^\s@]+$/, 'must be an email address')
    .default('admin@localhost'),
  ADMIN_PASSWORD: z.string().min(8, 'must have at least 8 characters').optional(),
  GITHUB_API_URL: url('http:', 'https:').default('https://api.github.com'),
  ALLOW_PRIVATE_API_URLS: flag.default(false),
  ...githubVariables,
  API_REQUESTS_PER_MINUTE: wholeNumber(1, 1_000_000).default(1_200),
  RUN_LEASE_SECONDS: seconds(2, 3600, 20),
  SWEEP_SECONDS: seconds(1, 600, 5),
  SYNC_CONCURRENCY: wholeNumber(1, 100).default(4),
  GITHUB_CONCURRENCY: wholeNumber(1, 50).default(8),
  GITHUB_RESERVE_PERCENT: wholeNumber(0, 90).default(10),
  KEEP_DAYS: wholeNumber(1, 36_500).default(730),
});

type Environment = z.infer<typeof environment>;

/**
 * Reads the environment; the only place that does.
 * @throws ConfigError with one line that names the variable and the mend.
 */
export function loadConfig(variables: NodeJS.ProcessEnv): Config {
  const given = Object.entries(variables).filter(
    ([, value]) => value !== undefined && value !== '',
  );
  const parsed = environment.safeParse(Object.fromEntries(given));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new ConfigError(String(issue?.path[0]), issue?.message ?? 'is wrong');
  }
  const config = present(parsed.data);
  refuseContradictions(config);
  return config;
}

function present(env: Environment): Config {
  return {
    host: env.HOST,
    port: env.PORT,
    publicUrl: env.PUBLIC_URL?.replace(/\/+$/, ''),
    publicOrigin: env.PUBLIC_URL && new URL(env.PUBLIC_URL).origin,
    trustedProxies: env.TRUSTED_PROXIES,
    role: env.ROLE,
    dataDir: resolve(env.DATA_DIR),
    database: databaseConfig(env),
    redisUrl: env.REDIS_URL,
    secretKey: env.SECRET_KEY,
    admin: { email: env.ADMIN_EMAIL, password: env.ADMIN_PASSWORD },
    github: {
      apiUrl: env.GITHUB_API_URL.replace(/\/+$/, ''),
      allowPrivateApiUrls: env.ALLOW_PRIVATE_API_URLS,
      ...githubApps(env),
    },
    api: { requestsPerMinute: env.API_REQUESTS_PER_MINUTE },
    sync: {
      leaseSeconds: env.RUN_LEASE_SECONDS,
      sweepSeconds: env.SWEEP_SECONDS,
      concurrency: env.SYNC_CONCURRENCY,
      githubConcurrency: env.GITHUB_CONCURRENCY,
      githubReservePercent: env.GITHUB_RESERVE_PERCENT,
      keepDays: env.KEEP_DAYS,
    },
  };
}

function databaseConfig(env: Environment): DatabaseConfig {
  const given = env.DATABASE_URL;
  if (given?.startsWith('mysql:')) return { type: 'mysql', url: given };
  const path = given ? given.slice('sqlite:'.length) : `${env.DATA_DIR}/rollcall.sqlite`;
  return { type: 'sqlite', path: resolve(path) };
}

function refuseContradictions({ database, redisUrl, role, secretKey }: Config): void {
  const scaled = database.type === 'mysql';
  if (redisUrl && !scaled)
    throw new ConfigError(
      'DATABASE_URL',
      'must be mysql://… where REDIS_URL is set; or unset REDIS_URL',
    );
  if (role !== 'all' && !redisUrl)
    throw new ConfigError('ROLE', `can be ${role} only where REDIS_URL is set; or unset ROLE`);
  if (scaled && !secretKey)
    throw new ConfigError(
      'SECRET_KEY',
      'must be set where DATABASE_URL is mysql://…; `openssl rand -hex 32` makes one',
    );
}
