import { Body, Controller, Get, Inject, Post, Query, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import type { Identity } from '../accounts/identity.js';
import { CurrentIdentity } from '../accounts/identity.js';
import { isOwnAddress } from '../accounts/own-address.js';
import { endSession, renewSession, sessionCookie } from '../accounts/sessions.js';
import { SignInService } from '../accounts/sign-in.service.js';
import type { Config } from '../config/config.js';
import { CONFIG } from '../config/config.module.js';
import { onboardingCookie } from '../onboarding/typed-answers.service.js';
import { PublicError } from '../platform/public-error.js';
import { formText } from '../platform/web/form-text.js';
import { Public } from '../platform/web/public.decorator.js';
import { isUnder } from '../platform/web/public-path.js';
import { ownPath } from './own-path.js';

/** How long somebody who failed too often has to wait, in seconds. */
const RETRY_AFTER = 15 * 60;

const title = 'Sign in';

@Public()
@ApiExcludeController()
@Controller()
export class SignInController {
  constructor(
    private readonly signIns: SignInService,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Get('sign-in')
  show(
    @CurrentIdentity() identity: Identity | undefined,
    @Query() query: unknown,
    @Req() request: Request,
    @Res() response: Response,
  ) {
    const next = ownPath(formText(query, 'next'));
    if (identity) return response.redirect(303, next ?? '/integrations');
    // A session that nobody ended on purpose: whoever polled is sent here without a word of where they were.
    const hasEnded = sessionCookie(this.config).read(request) !== undefined;
    const from = hasEnded ? this.cameFrom(request) : undefined;
    response.render('sign-in/sign-in', { title, next: next ?? from, hasEnded });
  }

  @Post('sign-in')
  async signIn(@Body() form: unknown, @Req() request: Request, @Res() response: Response) {
    const email = formText(form, 'email');
    const next = ownPath(formText(form, 'next'));
    try {
      const user = await this.signIns.authenticate(email, password(form), request.ip ?? '');
      await renewSession(request, user.id);
    } catch (error) {
      if (!(error instanceof PublicError)) throw error;
      const { status, message, remedy } = error;
      if (status === 429) response.set('Retry-After', String(RETRY_AFTER));
      response.status(status);
      return response.render('sign-in/sign-in', { title, email, next, error: { message, remedy } });
    }
    response.redirect(303, next ?? '/integrations');
  }

  @Post('sign-out')
  async signOut(@Req() request: Request, @Res() response: Response) {
    await endSession(request);
    sessionCookie(this.config).clear(response);
    onboardingCookie(this.config).clear(response);
    response.redirect(303, '/sign-in');
  }

  private cameFrom(request: Request): string | undefined {
    const { referer = '' } = request.headers;
    if (!isOwnAddress(referer, request, this.config)) return undefined;
    const { pathname, search } = new URL(referer);
    // Others may have another path of the same site.
    if (!isUnder(this.config.publicPath, pathname)) return undefined;
    return ownPath(`${pathname}${search}`);
  }
}

/** As it was typed: a password may begin or end with a space. */
function password(form: unknown): string {
  const { password } = (form ?? {}) as { password?: unknown };
  return typeof password === 'string' ? password : '';
}
