import { CanActivate, ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Request, Response } from 'express';
import { RefusalLog } from '../../platform/observability/refusal-log.js';
import { addFacts } from '../../platform/observability/work-facts.js';
import { PublicError } from '../../platform/public-error.js';
import { accessOf, type Caller, isForTokens } from '../../platform/web/access.decorator.js';
import { refuseUnknown } from '../api-tokens/api-token-refusals.js';
import { nameSender } from '../audit/audit-sender.js';
import { IdentifiedRequest, Identity } from '../identity.js';
import { ApiLimits } from '../limits/api-limits.js';
import { PageLimits } from '../limits/page-limits.js';
import { SignInRequired } from '../sessions/sign-in-required.js';
import { Identities } from './identities.js';
import { NEW_PASSWORD_PATH, PasswordChangeRequired } from './password-change-required.js';

/** Admits the callers whom a route declares with `@Access`. */
@Injectable()
export class IdentityGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly identities: Identities,
    private readonly apiLimits: ApiLimits,
    private readonly pageLimits: PageLimits,
    private readonly refusals: RefusalLog,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const http = context.switchToHttp();
    const request = http.getRequest<IdentifiedRequest>();
    const least = accessOf(this.reflector, context);
    const byToken = isForTokens(least);
    const identity = byToken
      ? await this.identities.ofToken(request).catch((error) => this.refuse(request, error))
      : await this.identities.ofSession(request);
    if (identity) {
      request.identity = identity;
      const { name, teamId, token, userId } = identity;
      nameSender({ kind: token ? 'token' : 'user', name, teamId });
      addFacts({ userId: userId ?? undefined, tokenId: token?.id, teamId });
      const [, section] = request.path.split('/');
      Object.assign(http.getResponse<Response>().locals, { identity, section });
    } else if (least !== 'nobody')
      this.refuse(request, byToken ? refuseUnknown() : new SignInRequired());
    // Before the refusals, so that refused requests count too.
    if (identity) await this.count(identity, http.getResponse<Response>());
    if (identity?.mustChangePassword && least !== 'nobody' && request.path !== NEW_PASSWORD_PATH)
      throw new PasswordChangeRequired();
    const refusal = REFUSALS[least];
    if (refusal && !(identity && refusal.admits(identity))) throw refusal.error();
    return true;
  }

  private refuse({ method, path, ip }: Request, error: unknown): never {
    if (error instanceof PublicError)
      this.refusals.write('api_token_refused', { code: error.code, method, path, address: ip });
    throw error;
  }

  private count({ token, teamId, userId }: Identity, response: Response): Promise<void> {
    return token
      ? this.apiLimits.count(token.id, teamId, response)
      : this.pageLimits.count(userId, response);
  }
}

export const tokenReadOnly = () =>
  new PublicError(
    403,
    'token_read_only',
    'The API token is read-only.',
    'Use a token with full access. An admin of the team can create one under API tokens.',
  );

const adminRequired = () =>
  new PublicError(
    403,
    'forbidden',
    'Only admins of the team can do this.',
    'Ask an admin of your team.',
  );

const instanceAdminRequired = () =>
  new PublicError(
    403,
    'forbidden',
    'Only instance admins can do this.',
    'Ask the person who manages the teams of this Rollcall.',
  );

interface Refusal {
  admits: (identity: Identity) => boolean;
  error: () => PublicError;
}

/** What a known caller needs; other routes admit each of them. */
const REFUSALS: Partial<Record<Caller, Refusal>> = {
  admin: { admits: ({ role }) => role === 'admin', error: adminRequired },
  'instance admin': {
    admits: ({ instanceAdmin }) => instanceAdmin,
    error: instanceAdminRequired,
  },
  'full token': { admits: ({ token }) => token?.readOnly === false, error: tokenReadOnly },
};
