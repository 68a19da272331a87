import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import Provider, { type Configuration, type KoaContextWithOIDC } from 'oidc-provider';
import { onTestFinished } from 'vitest';
import { WebClient } from '../../support/web-client.js';

export const CLIENT = { id: 'rollcall', secret: 'a-client-secret-of-the-tests' };

const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const jwks = {
  keys: [{ ...privateKey.export({ format: 'jwk' }), kid: 'test', alg: 'RS256', use: 'sig' }],
};

/** In seconds. */
const HOUR = 3600;

/** What the provider says of somebody. */
interface Account {
  email?: string;
  email_verified?: boolean;
  groups?: string[];
}

export interface IdentityProvider {
  issuer: string;
  env: NodeJS.ProcessEnv;
  accounts: Map<string, Account>;
  /** Whom the next sign-in is; null for somebody who cancels. */
  person: string | null;
  /** How many requests came for a path. */
  count(path: string): number;
  /** Answers paths that begin so with 503; none where empty. */
  away: string[];
  /** Registers the client. Call it once Rollcall's address is known. */
  serve(publicUrl: string): void;
  stop(): Promise<void>;
}

/** A real provider of OpenID Connect on loopback. It asks no password: `person` has signed in. */
export async function startIdentityProvider({ refreshTokens = true } = {}) {
  const paths: string[] = [];
  let handle: RequestListener = (_, response) => response.writeHead(503).end();
  const server = createServer((request, response) => {
    const path = request.url ?? '';
    paths.push(path);
    if (started.away.some((away) => path.startsWith(away))) response.writeHead(503).end();
    else handle(request, response);
  });
  const issuer = await listen(server);
  const started: IdentityProvider = {
    issuer,
    env: {
      OIDC_ISSUER: issuer,
      OIDC_CLIENT_ID: CLIENT.id,
      OIDC_CLIENT_SECRET: CLIENT.secret,
    },
    accounts: new Map([['ada', { email: 'ada@acme.example', email_verified: true }]]),
    person: 'ada',
    away: [],
    count: (path) => paths.filter((one) => one.startsWith(path)).length,
    serve: (publicUrl) => {
      handle = listenerOf(started, publicUrl, refreshTokens);
    },
    stop: () => close(server),
  };
  return started;
}

function listenerOf(started: IdentityProvider, publicUrl: string, refreshTokens: boolean) {
  const provider = new Provider(started.issuer, settings(started, publicUrl, refreshTokens));
  const handle = provider.callback();
  const listener: RequestListener = (request, response) => {
    if (!request.url?.startsWith('/interaction/')) return void handle(request, response);
    const { person } = started;
    const result = person ? { login: { accountId: person } } : { error: 'access_denied' };
    void provider.interactionFinished(request, response, result);
  };
  return listener;
}

function settings(
  { accounts }: IdentityProvider,
  publicUrl: string,
  refreshTokens: boolean,
): Configuration {
  return {
    clients: [
      {
        client_id: CLIENT.id,
        client_secret: CLIENT.secret,
        redirect_uris: [`${publicUrl}/sign-in/oidc/callback`],
        grant_types: ['authorization_code', ...(refreshTokens ? ['refresh_token'] : [])],
      },
    ],
    jwks,
    scopes: ['openid', 'email', 'groups'],
    claims: { openid: ['sub'], email: ['email', 'email_verified'], groups: ['groups'] },
    ttl: {
      AccessToken: HOUR,
      Grant: HOUR,
      IdToken: HOUR,
      Interaction: HOUR,
      RefreshToken: HOUR,
      Session: HOUR,
    },
    cookies: { keys: ['a-cookie-key'] },
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_, { uid }) => `/interaction/${uid}` },
    issueRefreshToken: async () => refreshTokens,
    rotateRefreshToken: true,
    findAccount: async (_, accountId) => {
      const account = accounts.get(accountId);
      return account && { accountId, claims: async () => ({ sub: accountId, ...account }) };
    },
    loadExistingGrant: grantEverything,
  };
}

/** Nobody is asked for their consent. */
async function grantEverything({ oidc }: KoaContextWithOIDC) {
  const grant = new oidc.provider.Grant({
    clientId: oidc.client?.clientId,
    accountId: oidc.session?.accountId,
  });
  grant.addOIDCScope('openid email groups');
  await grant.save();
  return grant;
}

export async function listen(server: Server): Promise<string> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => close(server));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function close(server: Server): Promise<void> {
  if (!server.listening) return;
  server.closeAllConnections();
  server.close();
  await once(server, 'close');
}

/** A browser at the provider: follows its redirects from an address until one leads back to Rollcall; then its path. */
export async function visitProvider(
  { issuer }: Pick<IdentityProvider, 'issuer'>,
  address: string,
  client = new WebClient(issuer),
): Promise<string> {
  for (let at = address; ; ) {
    const answer = await client.get(at.slice(issuer.length));
    const location = answer.headers.get('location');
    if (!location) throw new Error(`The provider shows a page: ${answer.status} ${answer.text}`);
    at = new URL(location, issuer).href;
    if (!at.startsWith(`${issuer}/`)) return at.slice(new URL(at).origin.length);
  }
}
