import {
  Body,
  Controller,
  Get,
  HttpCode,
  Param,
  Post,
  Query,
  Redirect,
  Render,
  Req,
  Res,
} from '@nestjs/common';
import type { Request, Response } from 'express';
import type { Identity } from '../../accounts/identity.js';
import { CurrentIdentity } from '../../accounts/identity.js';
import { InvitationsService } from '../../accounts/invitations/invitations.service.js';
import { saveSession } from '../../accounts/sessions/sessions.js';
import { roleOf } from '../../accounts/users/role.js';
import { Access } from '../../platform/web/access.decorator.js';
import { leaveNotice, takeNotice } from '../../platform/web/flash.js';
import { formText } from '../../platform/web/form-text.js';
import { IdPipe } from '../../platform/web/id.pipe.js';
import { faultsOf, typedInvitation } from './user-forms.js';
import { UsersPage } from './users-page.js';

const VIEW = 'users/users';

/** Lists the users of a team, and invites people. */
@Access('admin')
@Controller('users')
export class UsersController {
  constructor(
    private readonly invitations: InvitationsService,
    private readonly page: UsersPage,
  ) {}

  @Get()
  @Render(VIEW)
  list(@CurrentIdentity() identity: Identity, @Query() query: unknown, @Req() request: Request) {
    const after = Number(formText(query, 'after')) || undefined;
    return this.page.view(identity, { notice: takeNotice(request), after });
  }

  /** The response shows the link. Only a hash of its code is stored, so it is shown only once. */
  @Post()
  @HttpCode(200)
  async invite(
    @CurrentIdentity() identity: Identity,
    @Body() form: unknown,
    @Res() response: Response,
  ) {
    const typed = typedInvitation(form);
    const { teamId, name: invitedBy } = identity;
    try {
      const invited = { teamId, email: typed.email, role: roleOf(typed.role), invitedBy };
      const made = await this.invitations.invite(invited);
      response.render(VIEW, await this.page.view(identity, { made }));
    } catch (error) {
      const faults = faultsOf(error);
      response.status(422).render(VIEW, await this.page.view(identity, { typed, faults }));
    }
  }

  @Post('invitations/:id/withdraw')
  @Redirect('/users', 303)
  async withdraw(
    @CurrentIdentity() { teamId }: Identity,
    @Param('id', IdPipe) id: number,
    @Req() request: Request,
  ) {
    const { email } = await this.invitations.withdraw(teamId, id);
    leaveNotice(request, `The invitation of ${email} is withdrawn. Its link no longer works.`);
    await saveSession(request);
  }
}
