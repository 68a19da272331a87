import { Body, Controller, Get, Inject, Post, Query, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import type { Identity } from '../../accounts/identity.js';
import { CurrentIdentity } from '../../accounts/identity.js';
import { endSession, renewSession, sessionCookie } from '../../accounts/sessions/sessions.js';
import { httpsMissing } from '../../accounts/sign-in/https-required.js';
import { SignInService } from '../../accounts/sign-in/sign-in.service.js';
import { SignInAudit } from '../../accounts/sign-in/sign-in-audit.js';
import { passwordSignInOff, SignInDelayed } from '../../accounts/sign-in/sign-in-refusals.js';
import { ssoSessionEnd } from '../../accounts/single-sign-on/sso-session-ends.js';
import type { Config } from '../../config/config.js';
import { CONFIG } from '../../config/config.module.js';
import { onboardingCookie } from '../../onboarding/typed-answers.js';
import { RefusalLog } from '../../platform/observability/refusal-log.js';
import { Pace } from '../../platform/pace.js';
import { PublicError } from '../../platform/public-error.js';
import { Access } from '../../platform/web/access.decorator.js';
import { formText, rawFormText } from '../../platform/web/form-text.js';
import { cameFrom } from '../shared/came-from.js';
import { ownPath } from '../shared/own-path.js';
import { START, signInPage } from './sign-in-page.js';

@Access('nobody')
@Controller()
export class SignInController {
  /** Repeated attempts are answered slowly, so that they do not slow down the pages. */
  private readonly pace = new Pace(50, 4_000);

  constructor(
    private readonly signIns: SignInService,
    private readonly signOuts: SignInAudit,
    private readonly refusals: RefusalLog,
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
    if (identity) return response.redirect(303, next ?? START);
    // The session expired during a poll. A poll does not say which page it came from.
    const hadSession = sessionCookie(this.config).read(request) !== undefined;
    const from = hadSession ? cameFrom(request, this.config) : undefined;
    const hasNoTeam = request.session.userId !== undefined;
    const error = this.httpsMissing(request) ?? ssoSessionEnd(formText(query, 'ended'));
    const hasEnded = hadSession && !hasNoTeam && !error;
    const page = signInPage(this.config, { next: next ?? from, error });
    response.render('sign-in/sign-in', { ...page, hasNoTeam, hasEnded });
  }

  @Post('sign-in')
  async signIn(@Body() form: unknown, @Req() request: Request, @Res() response: Response) {
    const email = formText(form, 'email');
    const next = ownPath(formText(form, 'next'));
    try {
      const refused = this.refusalOf(request);
      if (refused) throw refused;
      const user = await this.signIns.signIn(
        email,
        rawFormText(form, 'password'),
        request.ip ?? '',
      );
      await renewSession(request, user.id);
    } catch (error) {
      if (!(error instanceof PublicError)) throw error;
      if (error instanceof SignInDelayed) {
        await this.pace.turn();
        response.set('Retry-After', String(error.retryAfter));
      }
      response.status(error.status);
      return response.render('sign-in/sign-in', signInPage(this.config, { email, next, error }));
    }
    response.redirect(303, next ?? START);
  }

  @Post('sign-out')
  async signOut(@Req() request: Request, @Res() response: Response) {
    await this.signOuts.signedOut(request.session.userId);
    await endSession(request);
    sessionCookie(this.config).clear(response);
    onboardingCookie(this.config).clear(response);
    response.redirect(303, '/sign-in');
  }

  private refusalOf(request: Request): PublicError | undefined {
    return this.config.passwordSignIn ? this.httpsMissing(request) : passwordSignInOff();
  }

  /** Without https the browser gets no session cookie. The page and the log say so. */
  private httpsMissing(request: Request): PublicError | undefined {
    const missing = httpsMissing(request, this.config);
    if (missing) {
      const { message, remedy } = missing;
      const proxy = request.socket.remoteAddress;
      this.refusals.write('https_required', { message, remedy, proxy });
    }
    return missing;
  }
}
