import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { DataSource } from 'typeorm';
import { RefusalLog } from '../../platform/observability/refusal-log.js';
import { PublicError } from '../../platform/public-error.js';
import { IdentityProvider } from './identity-provider.js';
import { providerFailure, reasonsOf } from './provider-failure.js';
import { SsoPeople } from './sso-people.js';
import type { SsoSession } from './sso-session.entity.js';
import { RenewalRequired } from './sso-session-ends.js';
import { SsoSessions } from './sso-sessions.js';
import { UserIdentity } from './user-identity.entity.js';

/** Means that the provider could not be asked, or not as we asked: it says nothing about the person. */
const AWAY = new Set(['sso_unreachable', 'sso_refused', 'sso_answer_wrong', 'sso_not_configured']);

/** Asks the identity provider whether the person of a session may still sign in. */
@Injectable()
export class SsoRechecks {
  constructor(
    private readonly dataSource: DataSource,
    private readonly provider: IdentityProvider,
    private readonly people: SsoPeople,
    private readonly sessions: SsoSessions,
    private readonly refusals: RefusalLog,
  ) {}

  /**
   * Of several requests at once, one asks; the others go on with the session as it is.
   * @throws SsoSessionEnded, RenewalRequired
   */
  async check(request: Request): Promise<void> {
    const sso = await this.sessions.find(request);
    if (!sso) return;
    if (!sso.sealedRefreshToken) throw new RenewalRequired();
    if (!(await this.sessions.claim(sso))) return;
    try {
      await this.ask(sso);
      await this.sessions.passed(sso);
    } catch (error) {
      await this.refuse(request, sso, providerFailure(error));
    }
  }

  private async ask(sso: SsoSession): Promise<void> {
    const { subject } = await this.dataSource.manager.findOneByOrFail(UserIdentity, {
      id: sso.identityId,
    });
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
