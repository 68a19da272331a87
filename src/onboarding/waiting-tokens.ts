import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { saveSession } from '../accounts/sessions/sessions.js';
import { Secrets } from '../platform/secrets/secrets.js';

/** How long a token waits for its organization, in ms. */
const KEPT_FOR_MS = 3_600_000;

/** A token that waits for somebody to choose the organization. GitHub has accepted it, except where `isUnchecked`. */
export interface WaitingToken {
  token: string;
  /**
   * `token`: typed. `oauth`: from a sign-in through an OAuth App. `app-user`: through a GitHub App, whose user token
   * never becomes the credential.
   */
  kind: 'token' | 'oauth' | 'app-user';
  /** The configured GitHub's where undefined. */
  apiUrl?: string;
  /** Whether GitHub could not check it yet. */
  isUnchecked?: boolean;
}

declare module 'express-session' {
  interface SessionData {
    onboarding?: { sealed: string; since: number };
  }
}

/** Keeps the token of an onboarding encrypted in the session, so that no form and no URL contains it. */
@Injectable()
export class WaitingTokens {
  constructor(private readonly secrets: Secrets) {}

  async keep(request: Request, waiting: WaitingToken): Promise<void> {
    const sealed = this.secrets.seal(JSON.stringify(waiting), context(request));
    request.session.onboarding = { sealed, since: Date.now() };
    await saveSession(request);
  }

  /** Null where no token waits, or it has expired. */
  find(request: Request): WaitingToken | null {
    const { onboarding } = request.session;
    if (!onboarding) return null;
    if (Date.now() - onboarding.since < KEPT_FOR_MS)
      return JSON.parse(this.secrets.open(onboarding.sealed, context(request))) as WaitingToken;
    this.forget(request);
    return null;
  }

  forget({ session }: Request): void {
    delete session.onboarding;
  }
}

/** Bound to the user, so that it does not open in another user's session. */
const context = ({ session }: Request): string => `onboarding:${session.userId}`;
