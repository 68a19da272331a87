import { Body, Controller, HttpCode, Param, Post, Res } from '@nestjs/common';
import type { Response } from 'express';
import type { Identity } from '../../accounts/identity.js';
import { CurrentIdentity } from '../../accounts/identity.js';
import { FirstAdminInvitations } from '../../accounts/invitations/first-admin-invitations.js';
import { Access } from '../../platform/web/access.decorator.js';
import { formText } from '../../platform/web/form-text.js';
import { IdPipe } from '../../platform/web/id.pipe.js';
import { faultsOf } from './team-forms.js';
import { TeamsPage } from './teams-page.js';

const VIEW = 'teams/team';

/** Makes the link for the first admin of a team again: the one before may have expired, or got lost. */
@Access('instance admin')
@Controller('teams/:id/invitation')
export class FirstAdminController {
  constructor(
    private readonly invitations: FirstAdminInvitations,
    private readonly page: TeamsPage,
  ) {}

  /** The response shows the link, only once. */
  @Post()
  @HttpCode(200)
  async invite(
    @Param('id', IdPipe) id: number,
    @CurrentIdentity() { name: invitedBy }: Identity,
    @Body() form: unknown,
    @Res() response: Response,
  ) {
    const email = formText(form, 'email');
    try {
      const made = await this.invitations.invite(id, { email, invitedBy });
      response.render(VIEW, await this.page.team(id, { made }));
    } catch (error) {
      const view = await this.page.team(id, { typed: { email }, faults: faultsOf(error) });
      response.status(422).render(VIEW, view);
    }
  }
}
