import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { reloadSession, saveSession } from '../accounts/sessions/sessions.js';
import { Access } from '../platform/web/access.decorator.js';
import { leaveNotice } from '../platform/web/flash.js';
import { formText } from '../platform/web/form-text.js';
import { shownError } from '../platform/web/shown-error.js';
import { GithubSignIns } from './github-sign-ins.js';
import { OnboardingService } from './onboarding.service.js';
import { WaitingTokens } from './waiting-tokens.js';

declare module 'express-session' {
  interface SessionData {
    /** The state of the last finished sign-in at GitHub. */
    githubSignedIn?: string;
  }
}

/** Signs people in at GitHub, instead of a pasted token. */
@Access('admin')
@Controller('onboarding/github')
export class GithubSignInController {
  constructor(
    private readonly signIns: GithubSignIns,
    private readonly onboarding: OnboardingService,
    private readonly tokens: WaitingTokens,
  ) {}

  @Get()
  async begin(@Req() request: Request, @Res() response: Response) {
    response.redirect(302, await this.signIns.begin(request));
  }

  @Get('callback')
  async finish(@Query() query: unknown, @Req() request: Request, @Res() response: Response) {
    const state = formText(query, 'state');
    const given = { state, code: formText(query, 'code'), error: formText(query, 'error') };
    try {
      const token = await this.signIns.finish(request, given);
      if (token === null) return await decline(request, response);
      request.session.githubSignedIn = state;
      await this.tokens.keep(request, { token, kind: this.onboarding.signInKind });
    } catch (error) {
      if (!(await this.wasFinished(request, state))) return this.refuse(response, error);
    }
    response.redirect(303, '/onboarding/organizations');
  }

  /** After a double click or a repeated request, the second leads to the same page as the first. */
  private async wasFinished(request: Request, state: string): Promise<boolean> {
    await reloadSession(request);
    return state !== '' && request.session.githubSignedIn === state && !!this.tokens.find(request);
  }

  private refuse(response: Response, error: unknown) {
    const { status, ...told } = shownError(error);
    response.status(status).render('onboarding/token', { ...this.onboarding.start, ...told });
  }
}

async function decline(request: Request, response: Response) {
  leaveNotice(request, 'You declined at GitHub. Nothing was connected.');
  await saveSession(request);
  response.redirect(303, '/onboarding');
}
