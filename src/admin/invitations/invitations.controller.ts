import { Body, Controller, Get, Inject, Param, Post, Render, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { InvitationAcceptance } from '../../accounts/invitations/invitation-acceptance.js';
import { renewSession, saveSession } from '../../accounts/sessions/sessions.js';
import { httpsMissing } from '../../accounts/sign-in/https-required.js';
import { SsoRechecks } from '../../accounts/single-sign-on/sso-rechecks.js';
import type { Config } from '../../config/config.js';
import { CONFIG } from '../../config/config.module.js';
import { Access } from '../../platform/web/access.decorator.js';
import { formText, rawFormText } from '../../platform/web/form-text.js';
import { faultIn } from '../shared/form-faults.js';
import { InvitationPage } from './invitation-page.js';

const VIEW = 'invitations/invitation';

const FIELDS = {
  user_name_invalid: 'name',
  password_too_short: 'password',
  password_too_common: 'password',
};

/** Lets invited people into their team. Whoever has the link is let in, with the invited email address. */
@Access('nobody')
@Controller('invitations/:code')
export class InvitationsController {
  constructor(
    private readonly acceptance: InvitationAcceptance,
    private readonly page: InvitationPage,
    private readonly rechecks: SsoRechecks,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Get()
  @Render(VIEW)
  show(@Param('code') code: string, @Req() { session }: Request) {
    return this.page.view(code, session.userId);
  }

  @Post()
  async accept(
    @Param('code') code: string,
    @Body() form: unknown,
    @Req() request: Request,
    @Res() response: Response,
  ) {
    const { userId } = request.session;
    // The route is for everybody, so no guard has asked the identity provider.
    if (userId !== undefined) await this.rechecks.checkIfDue(request);
    const { invitation } = await this.acceptance.find(code);
    if (userId !== undefined) await this.acceptance.join(code, userId);
    else if (!(await this.register(code, form, { request, response }))) return;
    request.session.teamId = invitation.teamId;
    await saveSession(request);
    response.redirect(303, '/');
  }

  /** False where the form was wrong, and is shown again. */
  private async register(
    code: string,
    form: unknown,
    { request, response }: { request: Request; response: Response },
  ): Promise<boolean> {
    const missing = httpsMissing(request, this.config);
    if (missing) throw missing;
    const typed = { name: formText(form, 'name') };
    try {
      const account = { ...typed, password: rawFormText(form, 'password') };
      const { id } = await this.acceptance.register(code, account);
      await renewSession(request, id);
      return true;
    } catch (error) {
      const faults = faultIn(error, FIELDS);
      response.status(422).render(VIEW, await this.page.view(code, undefined, { typed, faults }));
      return false;
    }
  }
}
