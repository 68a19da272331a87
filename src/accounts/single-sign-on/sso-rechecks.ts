import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { RefusalLog } from '../../platform/observability/refusal-log.js';
import { PublicError } from '../../platform/public-error.js';
import { SessionStore } from '../sessions/session-store.js';
import { IdentityProvider } from './identity-provider.js';
import { providerFailure, reasonsOf } from './provider-failure.js';
import { SsoPeople } from './sso-people.js';
import type { SsoSession } from './sso-session.entity.js';
import { RenewalRequired } from './sso-session-ends.js';
import { SsoSessions } from './sso-sessions.js';
import type { UserIdentity } from './user-identity.entity.js';

/** Means that the provider could not be asked, or not as we asked: it says nothing about the person. */
const AWAY = new Set(['sso_unreachable', 'sso_refused', 'sso_answer_wrong', 'sso_not_configured']);

/** Finds out whether somebody may still sign in, at a provider that gives no refresh token. */
export interface IdentityCheck {
  /** @throws PublicError for somebody who may not; `sso_unreachable` where the provider could not be asked */
  check(identity: UserIdentity): Promise<void>;
}

/** Asks the identity provider whether the person of a session may still sign in. */
@Injectable()
export class SsoRechecks {
  private readonly checks = new Map<string, IdentityCheck>();

  constructor(
    private readonly store: SessionStore,
    private readonly provider: IdentityProvider,
    private readonly people: SsoPeople,
    private readonly sessions: SsoSessions,
    private readonly refusals: RefusalLog,
  ) {}

  /** For the identities of this issuer, in the place of OpenID Connect. */
  register(issuer: string, check: IdentityCheck): void {
    this.checks.set(issuer, check);
  }

  /** Before a session is used. @throws SsoSessionEnded, RenewalRequired */
  async checkIfDue(request: Request): Promise<void> {
    if (this.store.isRecheckDue(request.session)) await this.check(request);
  }

  /**
   * Of several requests at once, one asks; the others go on with the session as it is.
   * @throws SsoSessionEnded, RenewalRequired
   */
  private async check(request: Request): Promise<void> {
    const sso = await this.sessions.find(request);
    if (!sso) return;
    const identity = await this.sessions.identity(sso);
    const own = this.checks.get(identity.issuer);
    if (!own && !this.provider.knows(identity))
      await this.sessions.end(request, 'sso_session_over');
    if (!own && !sso.sealedRefreshToken) throw new RenewalRequired();
    if (!(await this.sessions.claim(sso))) return;
    try {
      await (own ? own.check(identity) : this.ask(sso, identity));
      await this.sessions.passed(sso);
    } catch (error) {
      await this.refuse(request, sso, providerFailure(error));
    }
  }

  private async ask(sso: SsoSession, { subject }: UserIdentity): Promise<void> {
    const tokens = await this.provider.refresh(await this.sessions.refreshToken(sso));
    if (tokens.refresh_token) await this.sessions.rotate(sso, tokens.refresh_token);
    await this.people.admit(await this.provider.personOf(tokens, subject), false);
  }

  private async refuse(request: Request, sso: SsoSession, error: PublicError): Promise<void> {
    this.refusals.write('sso_recheck_failed', { code: error.code, reason: reasonsOf(error.cause) });
    if (AWAY.has(error.code)) await this.sessions.postpone(request, sso);
    else await this.sessions.end(request, 'sso_session_refused');
  }
}
