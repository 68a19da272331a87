import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { saveSession } from '../accounts/sessions/sessions.js';
import { Secrets } from '../platform/secrets/secrets.js';

/** How long a token waits for its organization, in ms. */
const KEPT_FOR_MS = 3_600_000;

/** A token that GitHub accepted, where nothing else is said, and that waits for somebody to choose the organization. */
export interface WaitingToken {
  token: string;
  /** Typed, or from a sign-in at GitHub through an OAuth App, or through a GitHub App, whose user's token is never kept. */
  kind: 'token' | 'oauth' | 'app-user';
  /** GitHub's own where undefined. */
  apiUrl?: string;
  /** Whether GitHub could not be asked about it yet. */
  isUnchecked?: boolean;
}

declare module 'express-session' {
  interface SessionData {
    onboarding?: { sealed: string; since: number };
  }
}

/** Keeps the token of an onboarding encrypted in the session, so that no form and no address ever holds it. */
@Injectable()
export class WaitingTokens {
  constructor(private readonly secrets: Secrets) {}

  async keep(request: Request, waiting: WaitingToken): Promise<void> {
    const sealed = this.secrets.seal(JSON.stringify(waiting), context(request));
    request.session.onboarding = { sealed, since: Date.now() };
    await saveSession(request);
  }

  /** Null where none waits, or not any more. */
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

/** Bound to the person, so that it opens in nobody else's session. */
const context = ({ session }: Request): string => `onboarding:${session.userId}`;
