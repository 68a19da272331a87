import { Body, Controller, Get, Post, Redirect, Render, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { saveSession } from '../../accounts/sessions/sessions.js';
import { UserSessions } from '../../accounts/sessions/user-sessions.js';
import { AccountService } from '../../accounts/users/account.service.js';
import { Access } from '../../platform/web/access.decorator.js';
import { leaveNotice, takeNotice } from '../../platform/web/flash.js';
import { formText } from '../../platform/web/form-text.js';
import { faultsOf, typedName } from './account-form.js';
import { AccountPage } from './account-page.js';
import { presentSession } from './present-session.js';

const VIEW = 'account/account';

/** Shows one's own name and sessions, and changes them. */
@Access('member')
@Controller('account')
export class AccountController {
  constructor(
    private readonly accounts: AccountService,
    private readonly sessions: UserSessions,
    private readonly page: AccountPage,
  ) {}

  @Get()
  @Render(VIEW)
  show(@Req() request: Request) {
    return this.page.view(presentSession(request), { notice: takeNotice(request) });
  }

  @Post('name')
  async rename(@Body() form: unknown, @Req() request: Request, @Res() response: Response) {
    const session = presentSession(request);
    const typed = typedName(form);
    try {
      await this.accounts.rename(session.userId, typed.name);
    } catch (error) {
      const view = await this.page.view(session, { typed, faults: faultsOf(error) });
      return response.status(422).render(VIEW, view);
    }
    await this.leave(request, 'Your name is saved.');
    response.redirect(303, '/account');
  }

  @Post('sessions/end')
  @Redirect('/account', 303)
  async end(@Body() form: unknown, @Req() request: Request) {
    await this.sessions.end(presentSession(request).userId, formText(form, 'session'));
    await this.leave(request, 'The session has ended.');
  }

  @Post('sessions/end-others')
  @Redirect('/account', 303)
  async endOthers(@Req() request: Request) {
    await this.sessions.endOthers(presentSession(request));
    await this.leave(request, 'You are signed out everywhere else.');
  }

  private async leave(request: Request, notice: string): Promise<void> {
    leaveNotice(request, notice);
    await saveSession(request);
  }
}
