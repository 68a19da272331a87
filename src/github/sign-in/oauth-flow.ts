import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { Config } from '../../config/config.js';
import { CONFIG } from '../../config/config.module.js';
import type { GithubOauth } from '../../config/github-config.js';
import { webAddress } from '../errors/web-address.js';
import { ApiConnections } from '../http/api-connections.js';
import { exchangeCode } from './oauth-exchange.js';
import { type OauthButton, oauthFailure, signInNotConfigured } from './oauth-failures.js';

/** What begins a sign-in at GitHub, and where it ends. */
export interface OauthReason {
  button: OauthButton;
  /** The path of Rollcall to which GitHub redirects people back. */
  callback: string;
}

/** What was begun. */
interface Begun {
  state: string;
  /** Proves to GitHub that the code is used by the server that asked for it (RFC 7636). */
  verifier: string;
}

/** The query with which GitHub redirects people back. */
export interface GithubReturn {
  state: string;
  code: string;
  error: string;
}

/** The web flow of OAuth at GitHub, with PKCE. */
@Injectable()
export class OauthFlow {
  constructor(
    private readonly connections: ApiConnections,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** Where people sign in. @throws PublicError 404 where no App is configured */
  signInUrl({ callback }: OauthReason, { state, verifier }: Begun): string {
    const { clientId } = this.requireApp();
    const url = new URL(`${webAddress(this.config.github.apiUrl)}/login/oauth/authorize`);
    url.search = new URLSearchParams({
      client_id: clientId,
      redirect_uri: this.redirectUri(callback),
      state,
      code_challenge: createHash('sha256').update(verifier).digest('base64url'),
      code_challenge_method: 'S256',
      // A GitHub App has permissions instead of scopes.
      ...(!this.config.github.app && { scope: 'read:org read:user' }),
    }).toString();
    return url.href;
  }

  /** The token of the person who signed in; null for somebody who declined. @throws PublicError */
  async token(
    { callback, button }: OauthReason,
    { code, error }: GithubReturn,
    { verifier }: Pick<Begun, 'verifier'>,
  ): Promise<string | null> {
    if (error === 'access_denied') return null;
    const oauth = this.requireApp();
    const redirectUri = this.redirectUri(callback);
    if (error || !code) throw oauthFailure(error, { redirectUri, button });
    const webUrl = webAddress(this.config.github.apiUrl);
    const dispatcher = this.connections.dispatcher(webUrl, true);
    return exchangeCode({ webUrl, oauth, code, verifier, redirectUri, button, dispatcher });
  }

  /** @throws PublicError 404 where no App is configured */
  requireApp(): GithubOauth {
    const { oauth } = this.config.github;
    if (oauth) return oauth;
    throw signInNotConfigured();
  }

  private redirectUri(callback: string): string {
    return `${this.config.publicUrl}${callback}`;
  }
}
