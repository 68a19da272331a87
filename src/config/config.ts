import { resolve } from 'node:path';
import { ConfigError } from './config-error.js';
import { type DatabaseConfig, databaseConfig } from './database-config.js';
import { type Environment, parseEnvironment } from './environment.js';
import { type GithubConfig, githubApps } from './github-config.js';
import { type MailConfig, mailConfig } from './mail-config.js';
import { type ObservabilityConfig, observabilityConfig } from './observability-config.js';
import { type OidcConfig, oidcConfig } from './oidc-config.js';
import { type ProxyConfig, proxyConfig } from './proxy-config.js';
import { pathOf } from './public-path.js';
import { type RedisConfig, redisConfig } from './redis-config.js';
import { fileVariable, readSecretFiles } from './secret-files.js';
import { type SignInConfig, signInConfig } from './sign-in-config.js';

/** Everything that the environment configures. Durations are in seconds. */
export interface Config extends SignInConfig {
  host: string;
  port: number;
  /** Without PUBLIC_URL and a fixed PORT, undefined until the web listens. */
  publicUrl: string | undefined;
  /** The origin of PUBLIC_URL, which requests' origins must match; undefined without PUBLIC_URL. */
  publicOrigin: string | undefined;
  /** Addresses, ranges and names of ranges, in Express' form. */
  trustedProxies: string[];
  /** The path of PUBLIC_URL: '' or, for example, '/rollcall'. */
  publicPath: string;
  role: 'all' | 'web' | 'worker';
  dataDir: string;
  database: DatabaseConfig;
  /** Undefined for the in-process queue. */
  redis: RedisConfig | undefined;
  /** Undefined when embedded and not set: then it is in the data folder. */
  secretKey: Buffer | undefined;
  /** Set while keys are rotated. */
  previousSecretKey: Buffer | undefined;
  admin: { email: string; password: string | undefined };
  github: GithubConfig;
  /** Undefined without single sign-on. */
  oidc: OidcConfig | undefined;
  proxies: ProxyConfig;
  observability: ObservabilityConfig;
  api: {
    /** For one token. */
    requestsPerMinute: number;
    /** How long after a run's end the API refuses the next run. */
    syncPauseSeconds: number;
    /** For all tokens of a team together. */
    teamRequestsPerMinute: number;
  };
  pages: {
    /** For one user with all their sessions. */
    requestsPerMinute: number;
  };
  sync: {
    leaseSeconds: number;
    sweepSeconds: number;
    concurrency: number;
    githubConcurrency: number;
    /** The share of a credential's hourly limit that Rollcall leaves to other programs. */
    githubReservePercent: number;
    keepDays: number;
    /** The most people in one organization. */
    maxMembers: number;
  };
  webhooks: {
    /** How long hints are gathered before a run handles them, in ms. */
    gatherMs: number;
  };
  notifications: {
    /** How long a receiver may take to answer. */
    timeoutSeconds: number;
  };
  /** Undefined where Rollcall sends no mail. */
  mail: MailConfig | undefined;
  /** For how many days entries of the audit log are kept. */
  keepAuditDays: number;
}

/**
 * Reads the environment; the only place that does.
 * @throws ConfigError with one line that names the variable and the remedy
 */
export function loadConfig(variables: NodeJS.ProcessEnv): Config {
  const isSet = (entry: [string, string | undefined]): entry is [string, string] => !!entry[1];
  const given = Object.fromEntries(Object.entries(variables).filter(isSet));
  const read = readSecretFiles(given);
  try {
    const config = present(parseEnvironment({ ...given, ...read }));
    refuseContradictions(config);
    return config;
  } catch (error) {
    if (error instanceof ConfigError && error.variable in read)
      throw new ConfigError(error.variable, error.problem, fileVariable(error.variable));
    throw error;
  }
}

function present(env: Environment): Config {
  const [apps, oidc] = [githubApps(env), oidcConfig(env)];
  return {
    host: env.HOST,
    port: env.PORT,
    publicUrl: env.PUBLIC_URL?.replace(/\/+$/, ''),
    publicOrigin: env.PUBLIC_URL && new URL(env.PUBLIC_URL).origin,
    trustedProxies: env.TRUSTED_PROXIES,
    publicPath: pathOf(env.PUBLIC_URL),
    role: env.ROLE,
    dataDir: resolve(env.DATA_DIR),
    database: databaseConfig(env.DATABASE_URL, env.DATA_DIR),
    redis: redisConfig(env),
    secretKey: env.SECRET_KEY,
    previousSecretKey: env.SECRET_KEY_PREVIOUS,
    admin: { email: env.ADMIN_EMAIL, password: env.ADMIN_PASSWORD },
    github: {
      apiUrl: env.GITHUB_API_URL.replace(/\/+$/, ''),
      allowPrivateApiUrls: env.ALLOW_PRIVATE_API_URLS,
      webhookSecret: env.GITHUB_WEBHOOK_SECRET,
      ...apps,
    },
    api: {
      requestsPerMinute: env.API_REQUESTS_PER_MINUTE,
      syncPauseSeconds: env.API_SYNC_PAUSE_SECONDS,
      teamRequestsPerMinute: env.API_TEAM_REQUESTS_PER_MINUTE ?? 3 * env.API_REQUESTS_PER_MINUTE,
    },
    oidc,
    ...signInConfig(env, { hasGithubApp: apps.app !== undefined, hasOidc: oidc !== undefined }),
    proxies: proxyConfig(env),
    observability: observabilityConfig(env),
    pages: { requestsPerMinute: env.PAGE_REQUESTS_PER_MINUTE },
    sync: {
      leaseSeconds: env.RUN_LEASE_SECONDS,
      sweepSeconds: env.SWEEP_SECONDS,
      concurrency: env.SYNC_CONCURRENCY,
      githubConcurrency: env.GITHUB_CONCURRENCY,
      githubReservePercent: env.GITHUB_RESERVE_PERCENT,
      keepDays: env.KEEP_DAYS,
      maxMembers: env.MAX_MEMBERS,
    },
    webhooks: { gatherMs: env.WEBHOOK_GATHER_MS },
    notifications: { timeoutSeconds: env.NOTIFICATION_TIMEOUT_SECONDS },
    mail: mailConfig(env),
    keepAuditDays: env.KEEP_AUDIT_DAYS,
  };
}

function refuseContradictions(config: Config): void {
  const { database, redis, role, secretKey, previousSecretKey } = config;
  const scaled = database.type === 'mysql';
  if (redis && !scaled)
    throw new ConfigError(
      'DATABASE_URL',
      'must be mysql://… when REDIS_URL is set; or unset REDIS_URL',
    );
  if (role !== 'all' && !redis)
    throw new ConfigError('ROLE', `can be ${role} only when REDIS_URL is set; or unset ROLE`);
  if (scaled && !secretKey)
    throw new ConfigError(
      'SECRET_KEY',
      'must be set when DATABASE_URL is mysql://…; `openssl rand -hex 32` creates one',
    );
  if (previousSecretKey && !secretKey)
    throw new ConfigError('SECRET_KEY', 'must be set when SECRET_KEY_PREVIOUS is set');
  if (previousSecretKey && secretKey?.equals(previousSecretKey))
    throw new ConfigError('SECRET_KEY_PREVIOUS', 'must differ from SECRET_KEY; or unset it');
}
