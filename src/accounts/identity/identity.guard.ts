import { CanActivate, ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Request, Response } from 'express';
import { RefusalLog } from '../../platform/observability/refusal-log.js';
import { PublicError } from '../../platform/public-error.js';
import { IS_PUBLIC } from '../../platform/web/public.decorator.js';
import { refuseUnknown } from '../api-tokens/api-token-refusals.js';
import { IdentifiedRequest, Identity, NEEDS_ADMIN } from '../identity.js';
import { ApiLimits } from '../limits/api-limits.js';
import { PageLimits } from '../limits/page-limits.js';
import { SignInRequired } from '../sessions/sign-in-required.js';
import { isApi, READS } from './api-path.js';
import { Identities } from './identities.js';

/** Every route that is not public requires sign-in. */
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
    const byToken = isApi(request);
    const identity = byToken
      ? await this.identities.ofToken(request).catch((error) => this.refuse(request, error))
      : await this.identities.ofSession(request);
    if (identity) {
      request.identity = identity;
      const [, section] = request.path.split('/');
      Object.assign(http.getResponse<Response>().locals, { identity, section });
    } else if (!this.says(IS_PUBLIC, context))
      this.refuse(request, byToken ? refuseUnknown() : new SignInRequired());
    // Before the refusals, so that refused requests count too.
    if (identity) await this.count(identity, http.getResponse<Response>());
    if (this.says(NEEDS_ADMIN, context) && identity?.role !== 'admin') throw adminRequired();
    if (identity?.token?.readOnly && !READS.has(request.method)) throw tokenReadOnly();
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

  private says(what: string, context: ExecutionContext): boolean {
    return (
      this.reflector.getAllAndOverride(what, [context.getHandler(), context.getClass()]) === true
    );
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
