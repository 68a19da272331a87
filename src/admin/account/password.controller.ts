import { Body, Controller, Get, Post, Render, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { NEW_PASSWORD_PATH } from '../../accounts/identity/password-change-required.js';
import type { Identity } from '../../accounts/identity.js';
import { CurrentIdentity } from '../../accounts/identity.js';
import { saveSession } from '../../accounts/sessions/sessions.js';
import { AccountService } from '../../accounts/users/account.service.js';
import { PASSWORD_MIN_LENGTH } from '../../config/password-form.js';
import { Access } from '../../platform/web/access.decorator.js';
import { leaveNotice } from '../../platform/web/flash.js';
import { faultsOf, typedPasswords } from './account-form.js';
import { presentSession } from './present-session.js';

const VIEW = 'account/password';

/** Changes one's own password. Somebody with a generated password sees no other page before. */
@Access('member')
@Controller(NEW_PASSWORD_PATH)
export class PasswordController {
  constructor(private readonly accounts: AccountService) {}

  @Get()
  @Render(VIEW)
  ask(@CurrentIdentity() identity: Identity) {
    this.accounts.requirePasswords();
    return viewOf(identity);
  }

  @Post()
  async change(
    @CurrentIdentity() identity: Identity,
    @Body() form: unknown,
    @Req() request: Request,
    @Res() response: Response,
  ) {
    const passwords = { ...typedPasswords(form), address: request.ip ?? '' };
    try {
      await this.accounts.changePassword(presentSession(request), passwords);
    } catch (error) {
      return response.status(422).render(VIEW, { ...viewOf(identity), faults: faultsOf(error) });
    }
    if (identity.mustChangePassword) return response.redirect(303, '/');
    leaveNotice(request, 'Your password is changed. You are signed out everywhere else.');
    await saveSession(request);
    response.redirect(303, '/account');
  }
}

const viewOf = ({ name, mustChangePassword }: Identity) => ({
  title: 'Change your password',
  email: name,
  must: mustChangePassword,
  least: PASSWORD_MIN_LENGTH,
});
