import { createSign, generateKeyPairSync } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import { CLIENT, listen } from './identity-provider.js';

const own = generateKeyPairSync('rsa', { modulusLength: 2048 });
const others = generateKeyPairSync('rsa', { modulusLength: 2048 });

type Values = Record<string, unknown>;

/** Where an ID token differs from an honest one. */
export interface Lie {
  claims?: Values;
  header?: Values;
  /** Signed with a key that the provider does not publish. */
  isForged?: boolean;
}

const encoded = (value: unknown): string =>
  Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');

function idToken(honest: Values, { claims, header, isForged }: Lie): string {
  const head = { alg: 'RS256', kid: 'own', ...header };
  const signed = `${encoded(head)}.${encoded({ ...honest, ...claims })}`;
  if (head.alg === 'none') return `${signed}.`;
  const { privateKey } = isForged ? others : own;
  return `${signed}.${createSign('RSA-SHA256').update(signed).sign(privateKey, 'base64url')}`;
}

/** A provider that tells of Ada what `lie` says. It has no page to sign in at. */
export async function startLyingProvider() {
  const state: { lie: Lie; nonce: string } = { lie: {}, nonce: '' };
  const answers: Record<string, () => Values> = {
    '/.well-known/openid-configuration': () => ({
      issuer,
      authorization_endpoint: `${issuer}/auth`,
      token_endpoint: `${issuer}/token`,
      jwks_uri: `${issuer}/jwks`,
      response_types_supported: ['code'],
      id_token_signing_alg_values_supported: ['RS256'],
    }),
    '/jwks': () => ({
      keys: [{ ...own.publicKey.export({ format: 'jwk' }), kid: 'own', alg: 'RS256', use: 'sig' }],
    }),
    '/token': () => ({
      access_token: 'access',
      token_type: 'Bearer',
      id_token: idToken(honest(), state.lie),
    }),
  };
  const server = createServer((request: IncomingMessage, response) => {
    const answer = answers[request.url ?? ''];
    if (!answer) return response.writeHead(404).end();
    response.setHeader('content-type', 'application/json').end(JSON.stringify(answer()));
  });
  const issuer = await listen(server);
  const honest = () => {
    const now = Math.floor(Date.now() / 1000);
    return {
      ...{ iss: issuer, aud: CLIENT.id, sub: 'ada', iat: now, exp: now + 60 },
      ...{ nonce: state.nonce, email: 'ada@acme.example', email_verified: true },
    };
  };
  const env = {
    OIDC_ISSUER: issuer,
    OIDC_CLIENT_ID: CLIENT.id,
    OIDC_CLIENT_SECRET: CLIENT.secret,
  };
  return { state, env };
}
