import { CanActivate, ExecutionContext, Inject, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Request } from 'express';
import type { Config } from '../../config/config.js';
import { CONFIG } from '../../config/config.module.js';
import { RefusalLog } from '../../platform/observability/refusal-log.js';
import { PublicError } from '../../platform/public-error.js';
import { accessOf, isForTokens } from '../../platform/web/access.decorator.js';
import { loggedPath } from '../../platform/web/logged-path.js';
import { READS } from '../../platform/web/reads.js';
import { isOwnAddress } from './own-address.js';

/**
 * Refuses changes that another site makes a browser request. Browsers send the origin with every such request, so forms
 * need no token (OWASP, Cross-Site Request Forgery Prevention, "Verifying Origin With Standard Headers"). A request
 * without an origin does not come from a browser. The API needs no check: it takes no cookie.
 */
@Injectable()
export class CrossSiteGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    @Inject(CONFIG) private readonly config: Config,
    private readonly refusals: RefusalLog,
  ) {}

  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest<Request>();
    if (READS.has(request.method) || isForTokens(accessOf(this.reflector, context))) return true;
    if (this.isSameSite(request)) return true;
    this.log(request);
    throw new PublicError(
      403,
      'cross_site',
      'The request came from another site.',
      'Open Rollcall at its own address and try again. The operator sets that address in PUBLIC_URL.',
    );
  }

  private log(request: Request): void {
    const { method, ip, headers } = request;
    const path = loggedPath(request);
    const { origin, 'sec-fetch-site': site } = headers;
    this.refusals.write('cross_site_refused', {
      ...{ method, path, origin, address: ip },
      site: site === undefined ? undefined : String(site),
    });
  }

  private isSameSite(request: Request): boolean {
    const { headers } = request;
    const site = headers['sec-fetch-site'];
    if (site !== undefined && site !== 'same-origin' && site !== 'none') return false;
    const { origin } = headers;
    return origin === undefined || isOwnAddress(origin, request, this.config);
  }
}
