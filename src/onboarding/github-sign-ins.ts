import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { saveSession } from '../accounts/sessions/sessions.js';
import { unknownSignIn } from '../github/sign-in/oauth-failures.js';
import { type GithubReturn, OauthFlow, type OauthReason } from '../github/sign-in/oauth-flow.js';
import { Secrets } from '../platform/secrets/secrets.js';

/** How long somebody may take at GitHub, in ms. */
const KEPT_FOR_MS = 10 * 60_000;

const REASON: OauthReason = {
  button: 'Connect with GitHub',
  callback: '/onboarding/github/callback',
};

declare module 'express-session' {
  interface SessionData {
    /** The state of a sign-in at GitHub that was begun; sealed. */
    githubSignIn?: string;
  }
}

interface Begun {
  state: string;
  verifier: string;
  since: number;
}

/** Signs people in at GitHub to connect an organization, and gets their token. */
@Injectable()
export class GithubSignIns {
  constructor(
    private readonly secrets: Secrets,
    private readonly oauth: OauthFlow,
  ) {}

  /** The URL at GitHub for the sign-in. @throws PublicError 404 where no App is configured */
  async begin(request: Request): Promise<string> {
    const begun = { state: secret(), verifier: secret(), since: Date.now() };
    const url = this.oauth.signInUrl(REASON, begun);
    request.session.githubSignIn = this.secrets.seal(JSON.stringify(begun), context(request));
    await saveSession(request);
    return url;
  }

  /** The token of the person who signed in; null for somebody who declined. @throws PublicError */
  async finish(request: Request, given: GithubReturn): Promise<string | null> {
    this.oauth.requireApp();
    return this.oauth.token(REASON, given, await this.take(request, given.state));
  }

  /** Usable once, and removed before any request. A wrong state does not end the sign-in that was begun. */
  private async take(request: Request, state: string): Promise<Begun> {
    const { githubSignIn } = request.session;
    if (!githubSignIn) throw unknownSignIn(REASON.button);
    const begun = JSON.parse(this.secrets.open(githubSignIn, context(request))) as Begun;
    if (!isSame(begun.state, state)) throw unknownSignIn(REASON.button);
    delete request.session.githubSignIn;
    await saveSession(request);
    if (Date.now() - begun.since > KEPT_FOR_MS) throw unknownSignIn(REASON.button);
    return begun;
  }
}

/** 256 bits. */
const secret = (): string => randomBytes(32).toString('base64url');

/** Compares in constant time. */
const isSame = (one: string, other: string): boolean => timingSafeEqual(digest(one), digest(other));

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

const context = ({ session }: Request): string => `github-sign-in:${session.userId}`;
