import { join, resolve } from 'node:path';
import { ConfigError } from './config-error.js';
import { parseUrl } from './parse-url.js';
import { UnusableFile } from './text-file.js';
import { readTrustedCertificates } from './trusted-certificates.js';
import { urlOptions } from './url-options.js';

/** Where the data lives: a SQLite file, or a MySQL or MariaDB server. */
export type DatabaseConfig = { type: 'sqlite'; path: string } | MysqlConfig;

export interface MysqlConfig {
  type: 'mysql';
  /** The variable's value, with the password. */
  url: string;
  host: string;
  port: number;
  username: string;
  password: string;
  database: string;
  /** Undefined where the connection is not encrypted. */
  tls: MysqlTls | undefined;
}

interface MysqlTls {
  /** What is verified in the server's certificate; `identity` is the chain and the host name. */
  verify: 'nothing' | 'chain' | 'identity';
  /** The trusted CA certificates, as PEM; Node.js' own where undefined. */
  ca: string | undefined;
}

const MODES = new Map<string, MysqlTls['verify']>([
  ['REQUIRED', 'nothing'],
  ['VERIFY_CA', 'chain'],
  ['VERIFY_IDENTITY', 'identity'],
]);

/** @throws ConfigError */
export function databaseConfig(url: string | undefined, dataDir: string): DatabaseConfig {
  if (url === undefined) return { type: 'sqlite', path: resolve(join(dataDir, 'rollcall.sqlite')) };
  return url.startsWith('mysql:') ? mysqlConfig(url) : sqliteConfig(url);
}

function sqliteConfig(url: string): DatabaseConfig {
  const [, path, query = ''] = /^sqlite:([^?]+)(?:\?(.*))?$/s.exec(url) ?? [];
  if (!path) throw new ConfigError('DATABASE_URL', FORM);
  urlOptions('DATABASE_URL', query, []);
  return { type: 'sqlite', path: resolve(path) };
}

const FORM =
  'must be sqlite:PATH or mysql://user:password@host:port/database, with special characters percent-encoded';

function mysqlConfig(given: string): MysqlConfig {
  const url = parseUrl(withEncodedPassword(given));
  if (!url?.hostname || !/^\/[^/]+$/.test(url.pathname) || url.hash)
    throw new ConfigError('DATABASE_URL', FORM);
  return {
    type: 'mysql',
    url: given,
    // Without the brackets of IPv6.
    host: url.hostname.replace(/^\[(.*)\]$/, '$1'),
    port: Number(url.port) || 3306,
    username: decoded(url.username),
    password: decoded(url.password),
    database: decoded(url.pathname.slice(1)),
    tls: tlsOf(url.search.slice(1)),
  };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new ConfigError('DATABASE_URL', FORM);
  }
}

/** A password may contain `?` and `#`: it ends at the last `@` before the path. */
const withEncodedPassword = (url: string): string =>
  url.replace(/(?<=^mysql:\/\/)[^/]*(?=@)/, (user) => user.replace(/[?#]/g, encodeURIComponent));

function tlsOf(query: string): MysqlTls | undefined {
  const { 'ssl-mode': mode, 'ssl-ca': path } = urlOptions('DATABASE_URL', query, [
    'ssl-mode',
    'ssl-ca',
  ]);
  if (mode === undefined && path === undefined) return undefined;
  const verify = MODES.get(mode ?? 'VERIFY_CA');
  if (!verify)
    throw new ConfigError(
      'DATABASE_URL',
      'must have REQUIRED, VERIFY_CA or VERIFY_IDENTITY as its ssl-mode; remove ssl-mode for a connection without TLS',
    );
  if (path === undefined && verify === 'chain')
    throw new ConfigError(
      'DATABASE_URL',
      'has ssl-mode=VERIFY_CA without ssl-ca, which accepts every public certificate of any host; add &ssl-ca=PATH, or use ssl-mode=VERIFY_IDENTITY',
    );
  if (path === undefined) return { verify, ca: undefined };
  // A configured CA must be used.
  return { verify: verify === 'nothing' ? 'chain' : verify, ca: authorities(path) };
}

function authorities(path: string): string {
  try {
    return readTrustedCertificates(decoded(path));
  } catch (error) {
    if (error instanceof UnusableFile)
      throw new ConfigError('DATABASE_URL', `has a wrong ssl-ca: the file ${error.message}`);
    throw error;
  }
}
