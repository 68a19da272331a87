import { ConfigError } from './config-error.js';
import { UnusableFile } from './text-file.js';
import { readTrustedCertificates } from './trusted-certificates.js';
import { urlOptions } from './url-options.js';

export interface RedisConfig {
  /** With the password. */
  url: string;
  /** Undefined where the connection is not encrypted. */
  tls: RedisTls | undefined;
}

/** The server's certificate is verified, with its host name. */
interface RedisTls {
  /** The trusted CA certificates, as PEM; Node.js' own where undefined. */
  ca: string | undefined;
}

interface Variables {
  REDIS_URL?: string;
  REDIS_TLS_CA?: string;
}

/** @throws ConfigError */
export function redisConfig({ REDIS_URL, REDIS_TLS_CA }: Variables): RedisConfig | undefined {
  const url = REDIS_URL === undefined ? undefined : new URL(REDIS_URL);
  const encrypts = url?.protocol === 'rediss:';
  if (REDIS_TLS_CA !== undefined && !encrypts)
    throw new ConfigError(
      'REDIS_TLS_CA',
      'needs a REDIS_URL that begins with rediss://; change that, or unset REDIS_TLS_CA',
    );
  if (!url || REDIS_URL === undefined) return undefined;
  refuseParts(url);
  return { url: REDIS_URL, tls: encrypts ? { ca: authorities(REDIS_TLS_CA) } : undefined };
}

function refuseParts({ hostname, pathname, search, hash }: URL): void {
  urlOptions('REDIS_URL', search.slice(1), []);
  if (hash || !hostname || !/^\/?\d*$/.test(pathname))
    throw new ConfigError(
      'REDIS_URL',
      'must be redis://user:password@host:port/number, without a # and with the number of a database, if any, as its path',
    );
}

function authorities(path: string | undefined): string | undefined {
  try {
    return path === undefined ? undefined : readTrustedCertificates(path);
  } catch (error) {
    if (error instanceof UnusableFile)
      throw new ConfigError('REDIS_TLS_CA', `is wrong: the file ${error.message}`);
    throw error;
  }
}
