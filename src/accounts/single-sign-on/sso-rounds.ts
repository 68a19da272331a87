import { createHash, timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { randomNonce, randomPKCECodeVerifier, randomState } from 'openid-client';
import { Secrets } from '../../platform/secrets/secrets.js';
import { reloadSession, saveSession } from '../sessions/sessions.js';

/** How long somebody may take at the provider, in ms. */
const KEPT_FOR_MS = 10 * 60_000;

/** Several tabs may sign in at the same time. */
const MAX_ROUNDS = 5;

const CONTEXT = 'sso-rounds';

declare module 'express-session' {
  interface SessionData {
    /** The sign-ins that were begun at the identity provider; sealed. */
    ssoRounds?: string;
  }
}

interface Begun {
  /** Where people sign in. */
  provider: 'oidc' | 'github';
  /** A path of Rollcall. */
  next: string | undefined;
  /** Whether it renews a session, and the provider may ask nothing. */
  silent: boolean;
}

/** A sign-in that was begun. */
export interface SsoRound extends Begun {
  state: string;
  nonce: string;
  /** Proves that the code is used by the server that asked for it (RFC 7636). */
  verifier: string;
  since: number;
}

/** Keeps in the session what was begun, until the person comes back from the provider. */
@Injectable()
export class SsoRounds {
  constructor(private readonly secrets: Secrets) {}

  async begin(request: Request, begun: Begun): Promise<SsoRound> {
    const secret = {
      state: randomState(),
      nonce: randomNonce(),
      verifier: randomPKCECodeVerifier(),
    };
    const round = { ...begun, ...secret, since: Date.now() };
    await this.change(request, (rounds) => [...rounds, round].slice(-MAX_ROUNDS));
    return round;
  }

  /** Usable once. Undefined for one that is unknown or too old; a wrong state ends no other round. */
  async take(
    request: Request,
    provider: Begun['provider'],
    state: string,
  ): Promise<SsoRound | undefined> {
    const round = this.read(request).find((one) => isSame(one.state, state));
    if (round?.provider !== provider) return undefined;
    await this.change(request, (rounds) => rounds.filter((one) => one.state !== round.state));
    return Date.now() - round.since > KEPT_FOR_MS ? undefined : round;
  }

  private async change(request: Request, change: (rounds: SsoRound[]) => SsoRound[]) {
    // Another tab may have begun a round meanwhile. A new session cannot be loaded yet.
    if (request.session.userId !== undefined) await reloadSession(request);
    const rounds = change(this.read(request));
    request.session.ssoRounds = this.secrets.seal(JSON.stringify(rounds), CONTEXT);
    await saveSession(request);
  }

  private read({ session }: Request): SsoRound[] {
    const opened = session.ssoRounds && this.secrets.tryOpen(session.ssoRounds, CONTEXT);
    return opened ? (JSON.parse(opened) as SsoRound[]) : [];
  }
}

/** Compares in constant time. */
const isSame = (one: string, other: string): boolean => timingSafeEqual(digest(one), digest(other));

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
