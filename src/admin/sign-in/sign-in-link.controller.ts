import { Controller, Get, Inject, Param, Post, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { renewSession } from '../../accounts/sessions/sessions.js';
import { SignInLinks } from '../../accounts/sign-in/sign-in-links.js';
import type { Config } from '../../config/config.js';
import { CONFIG } from '../../config/config.module.js';
import { Access } from '../../platform/web/access.decorator.js';
import { refuseSignIn, START } from './sign-in-page.js';

/** The operator's link. Opening it does not use it up: mail programs and chats open links to show a preview. */
@Access('nobody')
@Controller('sign-in/link')
export class SignInLinkController {
  constructor(
    private readonly links: SignInLinks,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Get(':code')
  async show(@Param('code') code: string, @Res() response: Response) {
    try {
      await this.links.check(code);
      response.set('Cache-Control', 'no-store');
      response.render('sign-in/link', { title: 'Sign in', code });
    } catch (error) {
      refuseSignIn(response, this.config, { error });
    }
  }

  @Post(':code')
  async use(@Param('code') code: string, @Req() request: Request, @Res() response: Response) {
    try {
      await renewSession(request, await this.links.use(code));
      response.redirect(303, START);
    } catch (error) {
      refuseSignIn(response, this.config, { error });
    }
  }
}
