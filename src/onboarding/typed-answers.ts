import { Inject, Injectable } from '@nestjs/common';
import type { Request, Response } from 'express';
import type { IdentifiedRequest } from '../accounts/identity.js';
import type { Config } from '../config/config.js';
import { CONFIG } from '../config/config.module.js';
import { Secrets } from '../platform/secrets/secrets.js';
import { formText } from '../platform/web/form-text.js';
import { OwnCookie } from '../platform/web/own-cookie.js';

/** What somebody typed or chose during the onboarding, except the token. */
export interface Typed {
  apiUrl: string;
  organization: string;
  publicOnly: boolean;
}

interface Kept {
  userId: number;
  typed: Typed;
}

/** How long answers are kept, in ms: as long as a token waits. */
const KEPT_FOR_MS = 3_600_000;

const MAX_ANSWER_LENGTH = 500;

const CONTEXT = 'onboarding cookie';

/** Contains the typed answers, sealed. */
export const onboardingCookie = (config: Pick<Config, 'publicUrl'>) =>
  new OwnCookie('rollcall_onboarding', config);

/**
 * Keeps the typed answers in a cookie, because they must outlive the session. The cookie is sealed and bound to the
 * user, because the token is sent to the API address in it: only this user may set it.
 */
@Injectable()
export class TypedAnswers {
  constructor(
    private readonly secrets: Secrets,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** What the user typed so far. */
  read(request: Request): Typed {
    const kept = this.kept(request);
    return kept && kept.userId === userOf(request) ? kept.typed : NOTHING;
  }

  /**
   * Adds new answers to the previous ones. Without a session, they are kept for the user who opened the form; for
   * strangers, nothing is kept.
   */
  keep(request: Request, response: Response, news: Partial<Typed>): Typed {
    const kept = this.kept(request);
    const userId = userOf(request) ?? kept?.userId;
    const before = kept?.userId === userId ? kept?.typed : NOTHING;
    const typed = { ...NOTHING, ...before, ...news };
    if (userId === undefined) return typed;
    const sealed = this.secrets.seal(JSON.stringify({ userId, typed }), CONTEXT);
    onboardingCookie(this.config).set(response, sealed, KEPT_FOR_MS);
    return typed;
  }

  forget(response: Response): void {
    onboardingCookie(this.config).clear(response);
  }

  private kept(request: Request): Kept | undefined {
    const sealed = onboardingCookie(this.config).read(request);
    const plain = sealed && this.secrets.tryOpen(sealed, CONTEXT);
    return plain ? (JSON.parse(plain) as Kept) : undefined;
  }
}

const NOTHING: Typed = { apiUrl: '', organization: '', publicOnly: false };

/** Undefined where nobody is signed in. */
const userOf = ({ identity }: IdentifiedRequest) => identity?.userId ?? undefined;

/** The fields of an onboarding form; '' for missing ones. */
export const fromForm = (form: unknown): Typed => ({
  apiUrl: formText(form, 'apiUrl').slice(0, MAX_ANSWER_LENGTH),
  organization: formText(form, 'organization').slice(0, MAX_ANSWER_LENGTH),
  publicOnly: formText(form, 'publicOnly') === 'yes',
});
