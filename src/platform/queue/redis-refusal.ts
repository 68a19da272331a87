/** A refusal of the credentials, or of a right that the user lacks. */
const CREDENTIALS: Record<string, string> = {
  NOAUTH: 'Redis requires a password',
  WRONGPASS: 'Redis rejected the user or the password',
  NOPERM: 'The Redis user does not have enough permissions',
};

const WRITES: Record<string, string> = {
  OOM: 'Redis is out of memory',
  READONLY: 'Redis is a read-only replica',
  MISCONF: 'Redis cannot save its data to disk',
  LOADING: 'Redis is still loading its data',
};

/** The error code of Redis' answer; undefined for an error that is no answer. */
export function redisCode(error: unknown): string | undefined {
  if (!(error instanceof Error) || error.name !== 'ReplyError') return undefined;
  return /^[A-Z]+/.exec(error.message)?.[0];
}

const isCredentialsRefused = (error: unknown): boolean => (redisCode(error) ?? '') in CREDENTIALS;

/** Node.js' error codes for a bad certificate, or for TLS itself. */
const TLS_CODE = /CERT|^ERR_SSL|^ERR_TLS|^UNABLE_TO|^EPROTO$|^INVALID_|^HOSTNAME_MISMATCH$/;

/** Why the start must end, and the remedy; undefined where waiting may help. */
export function startRefusal(error: unknown): string | undefined {
  if (isCredentialsRefused(error))
    return `REDIS_URL is refused: ${redisProblem(error)}. Use a user and password that Redis accepts, with permission to read and write keys, run scripts and subscribe.`;
  const { code = '' } = (error ?? {}) as NodeJS.ErrnoException;
  return TLS_CODE.test(code)
    ? `REDIS_URL cannot be reached with TLS (${code}). Check REDIS_TLS_CA: it names the PEM file of the authority that issued the server's certificate, which must be for the host in REDIS_URL.`
    : undefined;
}

/** Why a job could not be added, in words for people. Redis' own message may name a user. */
export function redisProblem(error: unknown): string {
  const code = redisCode(error);
  if (code === undefined) return 'Redis cannot be reached';
  return `${CREDENTIALS[code] ?? WRITES[code] ?? 'Redis refuses commands'} (${code})`;
}
