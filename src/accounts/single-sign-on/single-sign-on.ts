import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { RefusalLog } from '../../platform/observability/refusal-log.js';
import { PublicError } from '../../platform/public-error.js';
import { renewSession } from '../sessions/sessions.js';
import { IdentityProvider } from './identity-provider.js';
import type { ProvenPerson } from './proven-person.js';
import { providerFailure, reasonsOf } from './provider-failure.js';
import { ssoExpired } from './sso-failures.js';
import { SsoPeople } from './sso-people.js';
import { type SsoRound, SsoRounds } from './sso-rounds.js';
import { SsoSessions } from './sso-sessions.js';

/** Signs people in at the identity provider: the authorization code flow of OpenID Connect, with PKCE. */
@Injectable()
export class SingleSignOn {
  constructor(
    private readonly provider: IdentityProvider,
    private readonly rounds: SsoRounds,
    private readonly people: SsoPeople,
    private readonly sessions: SsoSessions,
    private readonly refusals: RefusalLog,
  ) {}

  get isConfigured(): boolean {
    return this.provider.isConfigured;
  }

  /** The address at the provider. @param next a path of Rollcall for afterwards @throws PublicError */
  async begin(request: Request, next: string | undefined): Promise<string> {
    try {
      const round = await this.rounds.begin(request, { provider: 'oidc', next, silent: false });
      return await this.provider.signInUrl(round);
    } catch (error) {
      throw this.log(request, providerFailure(error));
    }
  }

  /**
   * The same for a session that must be renewed, without a question to the person. Undefined for any other session, and
   * while the provider is away: then the session lives on. @throws SsoSessionEnded
   */
  async beginRenewal(request: Request, next: string | undefined): Promise<string | undefined> {
    const sso = await this.sessions.find(request);
    if (!sso || !this.provider.knows(await this.sessions.identity(sso))) return undefined;
    try {
      const round = await this.rounds.begin(request, { provider: 'oidc', next, silent: true });
      return await this.provider.signInUrl(round);
    } catch (error) {
      await this.failRenewal(request, this.log(request, providerFailure(error)), next);
      return undefined;
    }
  }

  /** Where to go after the provider redirected somebody back. @param query as it came @throws PublicError, SsoSessionEnded */
  async finish(request: Request, query: string): Promise<string | undefined> {
    const state = new URLSearchParams(query).get('state') ?? '';
    const round = await this.rounds.take(request, 'oidc', state);
    if (!round) throw this.log(request, ssoExpired());
    try {
      await this.enter(request, query, round);
    } catch (error) {
      const failure = this.log(request, providerFailure(error));
      if (!round.silent) throw failure;
      await this.failRenewal(request, failure, round.next);
    }
    return round.next;
  }

  private async enter(request: Request, query: string, round: SsoRound): Promise<void> {
    const tokens = await this.provider.exchange(query, round);
    const person = await this.provider.personOf(tokens);
    const isRenewal = round.silent && (await this.isSame(request, person));
    const identity = await this.people.admit(person, !isRenewal);
    if (!isRenewal) await renewSession(request, identity.userId);
    await this.sessions.keep(request, identity, { refreshToken: tokens.refresh_token });
  }

  private async isSame(request: Request, person: ProvenPerson): Promise<boolean> {
    const [sso, identity] = [
      await this.sessions.find(request),
      await this.people.identityOf(person),
    ];
    return sso !== null && sso.identityId === identity?.id;
  }

  private async failRenewal(request: Request, failure: PublicError, next?: string): Promise<void> {
    const sso = await this.sessions.find(request);
    if (!sso) throw failure;
    if (failure.code === 'sso_unreachable') return this.sessions.postpone(request, sso, next);
    const reason = failure.status === 403 ? 'sso_session_refused' : 'sso_session_over';
    await this.sessions.end(request, reason, next);
  }

  private log({ ip }: Request, failure: PublicError): PublicError {
    const { code, cause } = failure;
    this.refusals.write('sso_refused', { code, reason: reasonsOf(cause), address: ip });
    return failure;
  }
}
