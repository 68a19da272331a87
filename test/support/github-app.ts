import { createHash, generateKeyPairSync, verify } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import type { SimOrganization } from '../../src/simulator/organization.js';
import type { SimUser } from '../../src/simulator/user.js';
import { startGithub } from './service.js';

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const HOUR = 3_600_000;

const APP_ID = '4711';
const CLIENT_SECRET = 'the-client-secret-of-the-app';
const appKey = privateKey.export({ type: 'pkcs1', format: 'pem' }).toString();

/** What the environment says of an OAuth App. */
const oauthEnv = {
  GITHUB_CLIENT_ID: 'Iv1.0123456789abcdef',
  GITHUB_CLIENT_SECRET: CLIENT_SECRET,
};

/** What it says of a GitHub App. */
const appEnv = {
  ...oauthEnv,
  GITHUB_APP_ID: APP_ID,
  GITHUB_APP_PRIVATE_KEY: appKey.replaceAll('\n', '\\n'),
};

interface Installation {
  id: number;
  organization: SimOrganization;
  permissions: Record<string, string>;
  suspended: boolean;
}

type Reply = { status: number; body?: unknown; headers?: Record<string, string> };

const reply = (body: unknown, status = 200): Reply => ({ status, body });
const problem = (status: number, message: string): Reply => ({ status, body: { message } });

/**
 * The part of GitHub that Apps talk to, in front of the simulator, which answers the rest: App keys, installations, their
 * tokens, and signing in with PKCE. Whatever signs in is `person`, who always agrees unless `declines`.
 */
class GithubWithApps {
  readonly installations = new Map<number, Installation>();
  /** Installation tokens that were given out. */
  readonly tokens: string[] = [];
  /** Requests that this part answered, as `METHOD /path`. */
  readonly asked: string[] = [];
  person: SimUser;
  declines = false;
  url = '';
  private readonly expiry = new Map<string, number>();
  private readonly codes = new Map<string, { challenge: string; redirectUri: string }>();

  constructor(
    readonly github: Awaited<ReturnType<typeof startGithub>>,
    private readonly isApp: boolean,
  ) {
    this.person = github.owner;
  }

  install(
    organization: SimOrganization,
    permissions: Record<string, string> = { members: 'read' },
  ) {
    const id = 100 + this.installations.size;
    const installation = { id, organization, permissions, suspended: false };
    this.installations.set(id, installation);
    return installation;
  }

  /** As GitHub does when an owner uninstalls the App. */
  uninstall({ id }: Installation): void {
    this.installations.delete(id);
    this.revokeTokens();
  }

  revokeTokens(): void {
    for (const token of this.tokens) this.github.world.revokeToken(token);
  }

  async handle(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(incoming.url ?? '/', this.url);
    const body = await read(incoming);
    const own = this.answer(incoming, url, new URLSearchParams(body));
    if (!own) return this.pass(incoming, url, body, response);
    this.asked.push(`${incoming.method} ${url.pathname}`);
    response.writeHead(own.status, { 'content-type': 'application/json', ...own.headers });
    response.end(own.body === undefined ? '' : JSON.stringify(own.body));
  }

  private answer(incoming: IncomingMessage, url: URL, form: URLSearchParams): Reply | undefined {
    const { pathname } = url;
    if (pathname === '/login/oauth/authorize') return this.authorize(url.searchParams);
    if (pathname === '/login/oauth/access_token') return this.exchange(form, incoming);
    if (pathname === '/user/installations') return this.installationsOf(url.searchParams);
    if (/^\/app(\/|$)/.test(pathname)) return this.asApp(incoming, pathname);
    const token = tokenOf(incoming);
    if ((this.expiry.get(token) ?? Number.POSITIVE_INFINITY) <= Date.now())
      return problem(401, 'Bad credentials');
    return undefined;
  }

  private asApp(incoming: IncomingMessage, pathname: string): Reply {
    if (!isSigned(tokenOf(incoming))) return problem(401, 'A JSON web token could not be decoded');
    if (pathname === '/app')
      return reply({ slug: 'rollcall-test', html_url: 'https://github.com/apps/rollcall-test' });
    const [, id, wantsToken] =
      /^\/app\/installations\/(\d+)(\/access_tokens)?$/.exec(pathname) ?? [];
    const installation = this.installations.get(Number(id));
    if (!installation) return problem(404, 'Not Found');
    if (!wantsToken) return reply(present(installation));
    return installation.suspended
      ? problem(403, 'This installation has been suspended')
      : this.giveToken(installation);
  }

  private giveToken({ permissions }: Installation): Reply {
    const token = `ghs_Installation${this.tokens.length}`;
    const { world, owner: user } = this.github;
    const membersPermission = permissions.members !== undefined;
    world.addToken({ token, user, kind: 'fine-grained', membersPermission });
    this.tokens.push(token);
    this.expiry.set(token, Date.now() + HOUR);
    const expires_at = new Date(Date.now() + HOUR).toISOString();
    return reply({ token, expires_at, permissions, repository_selection: 'all' }, 201);
  }

  /** One a page, so that whoever asks has to turn pages. */
  private installationsOf(query: URLSearchParams): Reply {
    const all = [...this.installations.values()];
    const page = Number(query.get('page') ?? 1);
    const next = `<${this.url}/user/installations?page=${page + 1}>; rel="next"`;
    const installations = all.slice(page - 1, page).map(present);
    return {
      ...reply({ total_count: all.length, installations }),
      ...(page < all.length && { headers: { link: next } }),
    };
  }

  private authorize(query: URLSearchParams): Reply {
    const redirectUri = query.get('redirect_uri') ?? '';
    const back = new URL(redirectUri);
    back.searchParams.set('state', query.get('state') ?? '');
    if (this.declines) back.searchParams.set('error', 'access_denied');
    else {
      const code = `code-${this.codes.size}`;
      this.codes.set(code, { challenge: query.get('code_challenge') ?? '', redirectUri });
      back.searchParams.set('code', code);
    }
    return { status: 302, headers: { location: back.href } };
  }

  /** Refusals come with status 200, and as a form where no JSON was asked for. */
  private exchange(form: URLSearchParams, { headers }: IncomingMessage): Reply {
    const code = form.get('code') ?? '';
    const known = this.codes.get(code);
    this.codes.delete(code);
    const challenge = createHash('sha256')
      .update(form.get('code_verifier') ?? '')
      .digest('base64url');
    if (headers.accept !== 'application/json') return problem(415, 'Ask for JSON');
    if (form.get('client_secret') !== CLIENT_SECRET)
      return reply({ error: 'incorrect_client_credentials' });
    if (!known || known.challenge !== challenge || known.redirectUri !== form.get('redirect_uri'))
      return reply({ error: 'bad_verification_code' });
    const token = `${this.isApp ? 'ghu' : 'gho'}_SignedIn${code.replace('-', '')}`;
    const kind = this.isApp ? 'fine-grained' : 'classic';
    this.github.world.addToken({ token, user: this.person, kind });
    return reply({ access_token: token, token_type: 'bearer', scope: '' });
  }

  /** Lets the simulator answer; its addresses become this one's. */
  private async pass(
    { method = 'GET', headers }: IncomingMessage,
    { pathname, search }: URL,
    body: string,
    response: ServerResponse,
  ): Promise<void> {
    const { url } = this.github.simulator;
    const kept = [
      'authorization',
      'user-agent',
      'accept',
      'content-type',
      'if-none-match',
    ] as const;
    const sent = kept.flatMap((name) => (headers[name] ? [[name, headers[name]]] : []));
    const answer = await fetch(url + pathname + search, {
      method,
      headers: Object.fromEntries(sent),
      redirect: 'manual',
      ...(method !== 'GET' && { body }),
    });
    const text = await answer.text();
    const own = [...answer.headers].filter(
      ([name]) => !/^(content-length|connection|transfer)/.test(name),
    );
    const moved = own.map(([name, value]) => [name, value.replaceAll(url, this.url)] as const);
    response.writeHead(answer.status, Object.fromEntries(moved));
    response.end(text);
  }
}

/** A GitHub with an App, or only an OAuth App where `isApp` is false. */
export async function startGithubWithApps({ members = 3, isApp = true, host = '127.0.0.1' } = {}) {
  const github = await startGithub({ members });
  const apps = new GithubWithApps(github, isApp);
  const server = createServer((incoming, response) => void apps.handle(incoming, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  apps.url = `http://${host}:${(server.address() as AddressInfo).port}`;
  const env = { GITHUB_API_URL: apps.url, ...(isApp ? appEnv : oauthEnv) };
  return { ...github, apps, env };
}

const present = ({ id, organization, permissions, suspended }: Installation) => ({
  id,
  account: { id: organization.id, login: organization.login, type: 'Organization' },
  target_type: 'Organization',
  permissions,
  suspended_at: suspended ? '2026-11-24T00:00:00Z' : null,
  html_url: `https://github.com/organizations/${organization.login}/settings/installations/${id}`,
});

const tokenOf = ({ headers }: IncomingMessage): string =>
  (headers.authorization ?? '').replace(/^(bearer|token) +/i, '');

/** Whether the App's key signed it, for this App and for now. */
function isSigned(jwt: string): boolean {
  const [head = '', payload = '', signature = ''] = jwt.split('.');
  const data = Buffer.from(`${head}.${payload}`);

  if (!verify('sha256', data, publicKey, Buffer.from(signature, 'base64url'))) return false;
  const { iss, exp } = JSON.parse(Buffer.from(payload, 'base64url').toString());
  return String(iss) === APP_ID && exp * 1_000 > Date.now();
}

async function read(incoming: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}
