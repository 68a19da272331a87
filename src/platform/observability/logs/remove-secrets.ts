import type { Config } from '../../../config/config.js';

const REMOVED = '[removed]';

/** The forms of GitHub's tokens, of our API tokens, of what follows `Bearer`, of passwords in addresses, and of keys. */
const FORMS: [RegExp, string][] = [
  [/\b(?:gh[a-z]_\w{10,}|github_pat_\w{10,}|rc_[\w-]{10,})/g, REMOVED],
  [/\b(Bearer) +[\w.~+/=-]{8,}/gi, `$1 ${REMOVED}`],
  [/\b(Basic) +[A-Za-z0-9+/]{16,}={0,2}/g, `$1 ${REMOVED}`],
  [/(\b[a-z][a-z+.-]*:\/\/[^\s:/@"\\]*):[^\s/@"\\]+@/gi, `$1:${REMOVED}@`],
  [/-----BEGIN [A-Z ]*PRIVATE KEY-----[^"]*?-----END [A-Z ]*PRIVATE KEY-----/g, REMOVED],
];

/** In characters: shorter values also stand in harmless text. */
const LEAST_LENGTH = 6;

/**
 * Removes secrets from lines of the log. No code writes one; this is for what other programs put into their errors.
 * @param secrets values to remove wherever they stand
 */
export function secretsRemover(secrets: string[]): (line: string) => string {
  const texts = secrets.filter(({ length }) => length >= LEAST_LENGTH);
  // As they stand in JSON.
  const written = new Set(texts.map((text) => JSON.stringify(text).slice(1, -1)));
  return (line) => {
    let clean = line;
    for (const text of written) clean = clean.replaceAll(text, REMOVED);
    for (const [form, instead] of FORMS) clean = clean.replace(form, instead);
    return clean;
  };
}

/** The secrets of the environment. */
export function secretsOf({ secretKey, previousSecretKey, database, ...config }: Config) {
  const { admin, github, oidc, redis, proxies, observability } = config;
  const redisPassword = redis && new URL(redis.url).password;
  const proxyPasswords = [proxies.http, proxies.https].map((proxy) => proxy?.password);
  const given = [
    ...[secretKey, previousSecretKey].flatMap((key) => [
      key?.toString('hex'),
      key?.toString('base64'),
    ]),
    admin.password,
    github.app?.privateKey,
    github.oauth?.clientSecret,
    oidc?.clientSecret,
    database.type === 'mysql' ? database.password : undefined,
    observability.metricsToken,
    ...[redisPassword, ...proxyPasswords].flatMap((text) => [text, text && decoded(text)]),
  ];
  return given.filter((text) => text !== undefined);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    // Redis' client takes such a password as it is.
    return text;
  }
}
