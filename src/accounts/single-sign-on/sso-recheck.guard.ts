import { CanActivate, ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Request } from 'express';
import { accessOf, isForTokens } from '../../platform/web/access.decorator.js';
import { SsoRechecks } from './sso-rechecks.js';

/** Lets nobody use a session of single sign-on for longer than OIDC_RECHECK_MINUTES without asking the provider. */
@Injectable()
export class SsoRecheckGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly rechecks: SsoRechecks,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<Request>();
    const least = accessOf(this.reflector, context);
    if (least === 'nobody' || isForTokens(least) || !request.session) return true;
    await this.rechecks.checkIfDue(request);
    return true;
  }
}
