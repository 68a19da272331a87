import { Inject, Injectable } from '@nestjs/common';
import * as oidc from 'openid-client';
import type { Dispatcher } from 'undici';
import { fetch } from 'undici';
import type { Config } from '../../config/config.js';
import { CONFIG } from '../../config/config.module.js';
import type { OidcConfig } from '../../config/oidc-config.js';
import { dispatcherFor } from '../../platform/outbound/dispatcher-for.js';
import { type Claims, type ProvenPerson, personIn } from './proven-person.js';
import { ssoAnswerWrong, ssoNotConfigured, ssoUnreachable } from './sso-failures.js';
import type { SsoRound } from './sso-rounds.js';
import type { UserIdentity } from './user-identity.entity.js';

/** In seconds: a request of a page may wait for it. */
const REQUEST_TIMEOUT = 5;

const MAX_ANSWER_BYTES = 1_000_000;

type Tokens = oidc.TokenEndpointResponse & oidc.TokenEndpointResponseHelpers;

/** The configured identity provider. Its addresses are the operator's own, so they may be private. */
@Injectable()
export class IdentityProvider {
  private discovered: Promise<oidc.Configuration> | undefined;
  private readonly dispatchers = new Map<string, Dispatcher>();

  constructor(@Inject(CONFIG) private readonly config: Config) {}

  get isConfigured(): boolean {
    return this.config.oidc !== undefined;
  }

  /** Whether it is the provider of this identity. */
  knows({ issuer }: UserIdentity): boolean {
    return issuer === this.config.oidc?.issuer;
  }

  /** Where people sign in. @param silent whether the provider may ask nothing */
  async signInUrl({
    state,
    nonce,
    verifier,
    silent,
  }: Pick<SsoRound, 'state' | 'nonce' | 'verifier' | 'silent'>): Promise<string> {
    const provider = await this.discover();
    const parameters = {
      redirect_uri: this.callback(),
      scope: this.scopes(provider.serverMetadata()),
      code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
      ...{ state, nonce },
      ...(silent && { prompt: 'none' }),
    };
    return oidc.buildAuthorizationUrl(provider, parameters).href;
  }

  /** The tokens for the answer with which the provider redirected somebody back. */
  async exchange(query: string, { state, nonce, verifier }: SsoRound): Promise<Tokens> {
    const provider = await this.discover();
    return oidc.authorizationCodeGrant(provider, new URL(`${this.callback()}?${query}`), {
      pkceCodeVerifier: verifier,
      expectedState: state,
      expectedNonce: nonce,
      idTokenExpected: true,
    });
  }

  async refresh(refreshToken: string): Promise<Tokens> {
    return oidc.refreshTokenGrant(await this.discover(), refreshToken);
  }

  /** Who the tokens are about. @param subject of whom they must be; undefined: of whom the ID token says */
  async personOf(tokens: Tokens, subject?: string): Promise<ProvenPerson> {
    const provider = await this.discover();
    const idToken = tokens.claims() as Claims | undefined;
    const expected = subject ?? idToken?.sub ?? '';
    if (idToken && idToken.sub !== expected) throw ssoAnswerWrong(new Error('another subject'));
    const hasMore = provider.serverMetadata().userinfo_endpoint !== undefined;
    const more = hasMore
      ? ((await oidc.fetchUserInfo(provider, tokens.access_token, expected)) as Claims)
      : undefined;
    return personIn(this.settings().issuer, expected, { idToken, more });
  }

  private settings(): OidcConfig {
    if (this.config.oidc) return this.config.oidc;
    throw ssoNotConfigured();
  }

  private callback(): string {
    return `${this.config.publicUrl}/sign-in/oidc/callback`;
  }

  /** `groups` and `offline_access` only where the provider has them: others refuse an unknown scope. */
  private scopes({ scopes_supported: known = [] }: oidc.ServerMetadata): string {
    const wanted = ['offline_access', ...(this.settings().adminGroups.length ? ['groups'] : [])];
    return ['openid', 'email', ...wanted.filter((scope) => known.includes(scope))].join(' ');
  }

  /** Once for the process; again after it failed. */
  private discover(): Promise<oidc.Configuration> {
    this.discovered ??= this.discoverNow().catch((error) => {
      this.discovered = undefined;
      throw error;
    });
    return this.discovered;
  }

  private async discoverNow(): Promise<oidc.Configuration> {
    const { issuer, clientId, clientSecret } = this.settings();
    const isPlain = issuer.startsWith('http:');
    return oidc.discovery(new URL(issuer), clientId, clientSecret, authentication(clientSecret), {
      timeout: REQUEST_TIMEOUT,
      [oidc.customFetch]: (url, init) => this.fetch(url, init as RequestInit),
      // The signature is checked as well, although TLS would do: tokens may pass a proxy that decrypts.
      execute: [oidc.enableNonRepudiationChecks, ...(isPlain ? [oidc.allowInsecureRequests] : [])],
    });
  }

  private async fetch(url: string, init: RequestInit): Promise<Response> {
    const dispatcher = this.dispatcher(new URL(url).origin);
    const options = { ...init, dispatcher } as unknown as Parameters<typeof fetch>[1];
    try {
      return (await fetch(url, options)) as unknown as Response;
    } catch (cause) {
      throw ssoUnreachable(cause);
    }
  }

  /** A provider has its endpoints on a few origins. */
  private dispatcher(origin: string): Dispatcher {
    const known = this.dispatchers.get(origin);
    if (known) return known;
    const made = dispatcherFor(origin, this.config.proxies, { maxBytes: MAX_ANSWER_BYTES });
    this.dispatchers.set(origin, made);
    return made;
  }
}

/** As the provider takes it; `client_secret_basic` where it does not say (OpenID Connect Discovery, 3). */
function authentication(clientSecret: string): oidc.ClientAuth {
  const basic = oidc.ClientSecretBasic(clientSecret);
  const post = oidc.ClientSecretPost(clientSecret);
  return (server, ...rest) => {
    const methods = server.token_endpoint_auth_methods_supported ?? ['client_secret_basic'];
    return (methods.includes('client_secret_basic') ? basic : post)(server, ...rest);
  };
}
