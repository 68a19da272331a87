import { Body, Controller, Get, Param, Post, Redirect, Render, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import type { Identity } from '../../accounts/identity.js';
import { CurrentIdentity } from '../../accounts/identity.js';
import { saveSession } from '../../accounts/sessions/sessions.js';
import { roleOf } from '../../accounts/users/role.js';
import { TeamUsersService } from '../../accounts/users/team-users.service.js';
import { Access } from '../../platform/web/access.decorator.js';
import { leaveNotice } from '../../platform/web/flash.js';
import { formText } from '../../platform/web/form-text.js';
import { IdPipe } from '../../platform/web/id.pipe.js';
import { shownError } from '../../platform/web/shown-error.js';
import { userView } from './users-page.js';

/** Shows one user of the team, and changes or removes them. */
@Access('admin')
@Controller('users/:id')
export class UserController {
  constructor(private readonly users: TeamUsersService) {}

  @Get()
  @Render('users/user')
  async show(@CurrentIdentity() identity: Identity, @Param('id', IdPipe) id: number) {
    return userView(await this.users.get(identity.teamId, id), identity);
  }

  @Post('role')
  async setRole(
    @CurrentIdentity() identity: Identity,
    @Param('id', IdPipe) userId: number,
    @Body() form: unknown,
    @Req() request: Request,
    @Res() response: Response,
  ) {
    const { teamId } = identity;
    const user = await this.users.get(teamId, userId);
    try {
      const { email, role } = await this.users.setRole(
        { teamId, userId },
        roleOf(formText(form, 'role')),
      );
      leaveNotice(request, `${email} is now ${role === 'admin' ? 'an admin' : 'a member'}.`);
      await saveSession(request);
      // Whoever has just demoted themselves may not see the list any more.
      response.redirect(303, role !== 'admin' && userId === identity.userId ? '/' : '/users');
    } catch (error) {
      const { status, error: refused } = shownError(error);
      response.status(status).render('users/user', { ...userView(user, identity), refused });
    }
  }

  @Post('sessions/end')
  @Redirect('/users', 303)
  async endSessions(
    @CurrentIdentity() { teamId }: Identity,
    @Param('id', IdPipe) userId: number,
    @Req() request: Request,
  ) {
    const { email } = await this.users.get(teamId, userId);
    await this.users.endSessions({ teamId, userId });
    leaveNotice(request, `${email} is signed out everywhere.`);
    await saveSession(request);
  }

  @Get('remove')
  @Render('users/remove')
  async ask(@CurrentIdentity() identity: Identity, @Param('id', IdPipe) id: number) {
    return this.question(identity, id);
  }

  @Post('remove')
  async remove(
    @CurrentIdentity() identity: Identity,
    @Param('id', IdPipe) userId: number,
    @Req() request: Request,
    @Res() response: Response,
  ) {
    const { teamId } = identity;
    const view = await this.question(identity, userId);
    try {
      const { email } = await this.users.remove({ teamId, userId });
      leaveNotice(request, `${email} is no longer in the team.`);
      await saveSession(request);
      response.redirect(303, userId === identity.userId ? '/' : '/users');
    } catch (error) {
      const { status, error: refused } = shownError(error);
      response.status(status).render('users/remove', { ...view, refused });
    }
  }

  private async question(identity: Identity, id: number) {
    const view = userView(await this.users.get(identity.teamId, id), identity);
    return { ...view, title: `Remove ${view.title}` };
  }
}
