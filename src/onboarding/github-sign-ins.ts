import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { saveSession } from '../accounts/sessions/sessions.js';
import type { Config } from '../config/config.js';
import { CONFIG } from '../config/config.module.js';
import type { GithubOauth } from '../config/github-config.js';
import { webAddress } from '../github/errors/web-address.js';
import { ApiConnections } from '../github/http/api-connections.js';
import { exchangeCode } from '../github/sign-in/oauth-exchange.js';
import {
  oauthFailure,
  signInNotConfigured,
  unknownSignIn,
} from '../github/sign-in/oauth-failures.js';
import { Secrets } from '../platform/secrets/secrets.js';

/** How long somebody may take at GitHub, in ms. */
const KEPT_FOR_MS = 10 * 60_000;

declare module 'express-session' {
  interface SessionData {
    /** The state of a sign-in at GitHub that was begun; sealed. */
    githubSignIn?: string;
  }
}

interface Begun {
  state: string;
  /** Proves to GitHub that the code is used by the server that asked for it (RFC 7636). */
  verifier: string;
  since: number;
}

/** The query with which GitHub redirects people back. */
export interface GithubReturn {
  state: string;
  code: string;
  error: string;
}

/** Signs people in at GitHub (OAuth's web flow, with PKCE), and gets their token. */
@Injectable()
export class GithubSignIns {
  constructor(
    private readonly secrets: Secrets,
    private readonly connections: ApiConnections,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** The URL at GitHub for the sign-in. @throws PublicError 404 where no App is configured */
  async begin(request: Request): Promise<string> {
    const { clientId } = this.oauth();
    const begun = { state: secret(), verifier: secret(), since: Date.now() };
    request.session.githubSignIn = this.secrets.seal(JSON.stringify(begun), context(request));
    await saveSession(request);
    const url = new URL(`${webAddress(this.config.github.apiUrl)}/login/oauth/authorize`);
    url.search = new URLSearchParams({
      client_id: clientId,
      redirect_uri: this.redirectUri(),
      state: begun.state,
      code_challenge: createHash('sha256').update(begun.verifier).digest('base64url'),
      code_challenge_method: 'S256',
      // A GitHub App has permissions instead of scopes.
      ...(!this.config.github.app && { scope: 'read:org read:user' }),
    }).toString();
    return url.href;
  }

  /** The token of the person who signed in; null for somebody who declined. @throws PublicError */
  async finish(request: Request, { state, code, error }: GithubReturn): Promise<string | null> {
    const oauth = this.oauth();
    const { verifier } = await this.take(request, state);
    if (error === 'access_denied') return null;
    const redirectUri = this.redirectUri();
    if (error || !code) throw oauthFailure(error, redirectUri);
    const webUrl = webAddress(this.config.github.apiUrl);
    const dispatcher = this.connections.dispatcher(webUrl, true);
    return exchangeCode({ webUrl, oauth, code, verifier, redirectUri, dispatcher });
  }

  /** Usable once, and removed before any request. A wrong state does not end the sign-in that was begun. */
  private async take(request: Request, state: string): Promise<Begun> {
    const { githubSignIn } = request.session;
    if (!githubSignIn) throw unknownSignIn();
    const begun = JSON.parse(this.secrets.open(githubSignIn, context(request))) as Begun;
    if (!isSame(begun.state, state)) throw unknownSignIn();
    delete request.session.githubSignIn;
    await saveSession(request);
    if (Date.now() - begun.since > KEPT_FOR_MS) throw unknownSignIn();
    return begun;
  }

  private oauth(): GithubOauth {
    const { oauth } = this.config.github;
    if (oauth) return oauth;
    throw signInNotConfigured();
  }

  private redirectUri(): string {
    return `${this.config.publicUrl}/onboarding/github/callback`;
  }
}

/** 256 bits. */
const secret = (): string => randomBytes(32).toString('base64url');

/** Compares in constant time. */
const isSame = (one: string, other: string): boolean => timingSafeEqual(digest(one), digest(other));

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

const context = ({ session }: Request): string => `github-sign-in:${session.userId}`;
