import { Controller, Get, Inject, Query, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { httpsMissing } from '../../accounts/sign-in/https-required.js';
import type { Config } from '../../config/config.js';
import { CONFIG } from '../../config/config.module.js';
import { GithubSignOn } from '../../onboarding/sign-in/github-sign-on.js';
import { Access } from '../../platform/web/access.decorator.js';
import { formText } from '../../platform/web/form-text.js';
import { ownPath } from '../shared/own-path.js';
import { refuseSignIn, START } from './sign-in-page.js';

/** Sign in with GitHub: to GitHub and back. */
@Access('nobody')
@Controller('sign-in/github')
export class GithubSignInController {
  constructor(
    private readonly signOn: GithubSignOn,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Get()
  async begin(@Query() query: unknown, @Req() request: Request, @Res() response: Response) {
    const next = ownPath(formText(query, 'next'));
    try {
      const missing = httpsMissing(request, this.config);
      if (missing) throw missing;
      response.redirect(302, await this.signOn.begin(request, next));
    } catch (error) {
      refuseSignIn(response, this.config, { error, next });
    }
  }

  @Get('callback')
  async finish(@Query() query: unknown, @Req() request: Request, @Res() response: Response) {
    const [state, code] = [formText(query, 'state'), formText(query, 'code')];
    const given = { state, code, error: formText(query, 'error') };
    try {
      response.redirect(303, (await this.signOn.finish(request, given)) ?? START);
    } catch (error) {
      refuseSignIn(response, this.config, { error });
    }
  }
}
