import { Controller, Get, Inject, Query, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import type { Identity } from '../../accounts/identity.js';
import { CurrentIdentity } from '../../accounts/identity.js';
import { httpsMissing } from '../../accounts/sign-in/https-required.js';
import { SingleSignOn } from '../../accounts/single-sign-on/single-sign-on.js';
import type { Config } from '../../config/config.js';
import { CONFIG } from '../../config/config.module.js';
import { Access } from '../../platform/web/access.decorator.js';
import { formText } from '../../platform/web/form-text.js';
import { cameFrom } from '../shared/came-from.js';
import { ownPath } from '../shared/own-path.js';
import { refuseSignIn, START } from './sign-in-page.js';

/** Single sign-on: to the identity provider and back. */
@Access('nobody')
@Controller('sign-in/oidc')
export class OidcController {
  constructor(
    private readonly singleSignOn: SingleSignOn,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Get()
  async begin(@Query() query: unknown, @Req() request: Request, @Res() response: Response) {
    const next = ownPath(formText(query, 'next'));
    try {
      const missing = httpsMissing(request, this.config);
      if (missing) throw missing;
      response.redirect(302, await this.singleSignOn.begin(request, next));
    } catch (error) {
      refuseSignIn(response, this.config, { error, next });
    }
  }

  /** For a session that must be renewed, on the way to a page. */
  @Get('renew')
  async renew(
    @CurrentIdentity() identity: Identity | undefined,
    @Query() query: unknown,
    @Req() request: Request,
    @Res() response: Response,
  ) {
    const next = ownPath(formText(query, 'next')) ?? cameFrom(request, this.config) ?? START;
    const address = identity && (await this.singleSignOn.beginRenewal(request, next));
    response.redirect(302, address ?? next);
  }

  @Get('callback')
  async finish(@Req() request: Request, @Res() response: Response) {
    try {
      const [, query = ''] = /\?(.*)$/s.exec(request.originalUrl) ?? [];
      response.redirect(303, (await this.singleSignOn.finish(request, query)) ?? START);
    } catch (error) {
      refuseSignIn(response, this.config, { error });
    }
  }
}
