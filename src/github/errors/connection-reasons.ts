/** Why a connection failed, by the system's code. */
export const REASONS: Record<string, string> = {
  ECONNREFUSED: 'refused the connection',
  ECONNRESET: 'closed the connection before it answered',
  EPIPE: 'closed the connection before it answered',
  UND_ERR_SOCKET: 'closed the connection before it answered',
  EHOSTUNREACH: 'cannot be reached from this server: no route to it',
  ENETUNREACH: 'cannot be reached from this server: no route to it',
  EPROTO: 'uses TLS in a way that is not supported',
  ERR_SSL_WRONG_VERSION_NUMBER: 'does not use TLS on this port',
  ERR_SSL_PACKET_LENGTH_TOO_LONG: 'does not use TLS on this port',
};

export const TIME_OUT = new Set([
  'ETIMEDOUT',
  'UND_ERR_CONNECT_TIMEOUT',
  'UND_ERR_HEADERS_TIMEOUT',
]);

const RENEW = 'Ask its administrator to renew the certificate, and check the clock of this server.';
const RENAME = 'Use the name in the certificate, or ask its administrator to add this name.';
const ADD_CA =
  'Start Rollcall with NODE_EXTRA_CA_CERTS set to a PEM file of the certificate authority, or ask the administrator of the server to add the missing intermediate certificate.';

const UNKNOWN = {
  why: 'was issued by an unknown certificate authority',
  remedy: ADD_CA,
};
const UNKNOWN_AUTHORITY = [
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'CERT_UNTRUSTED',
  'CERT_REJECTED',
  'CERT_SIGNATURE_FAILURE',
  'CERT_CHAIN_TOO_LONG',
  'INVALID_CA',
  'INVALID_PURPOSE',
  'PATH_LENGTH_EXCEEDED',
];

/** Problems of certificates, by Node's codes (docs: tls, "X509 certificate error codes"). */
export const CERTIFICATE = new Map([
  ['CERT_HAS_EXPIRED', { why: 'has expired', remedy: RENEW }],
  ['CERT_NOT_YET_VALID', { why: 'is not valid yet', remedy: RENEW }],
  ['ERR_TLS_CERT_ALTNAME_INVALID', { why: 'is for another name', remedy: RENAME }],
  ['CERT_REVOKED', { why: 'was revoked', remedy: RENEW }],
  ...UNKNOWN_AUTHORITY.map((code) => [code, UNKNOWN] as const),
]);

/** An error, its causes, and the first error of an AggregateError. */
export function chainOf(error: unknown): Error[] {
  if (!(error instanceof Error)) return [];
  const first = error instanceof AggregateError ? error.errors[0] : undefined;
  return [error, ...chainOf(first), ...chainOf(error.cause)];
}

/** The system's code of the innermost error; '' for none. */
export function codeOf(chain: Error[]): string {
  const codes = chain.map((error) => (error as NodeJS.ErrnoException).code);
  return codes.findLast((code) => typeof code === 'string') ?? '';
}

export const inBrackets = (code: string): string => (code ? ` (${code})` : '');
