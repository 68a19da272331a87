import { Body, Controller, Get, HttpCode, Param, Post, Render, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import type { Identity } from '../../accounts/identity.js';
import { CurrentIdentity } from '../../accounts/identity.js';
import { saveSession } from '../../accounts/sessions/sessions.js';
import { TeamAdministration } from '../../accounts/users/team-administration.js';
import { Access } from '../../platform/web/access.decorator.js';
import { leaveNotice, takeNotice } from '../../platform/web/flash.js';
import { formText } from '../../platform/web/form-text.js';
import { IdPipe } from '../../platform/web/id.pipe.js';
import { faultsOf, typedTeam } from './team-forms.js';
import { TeamsPage } from './teams-page.js';

/** Lists, makes and renames the teams of the instance. */
@Access('instance admin')
@Controller('teams')
export class TeamsController {
  constructor(
    private readonly teams: TeamAdministration,
    private readonly page: TeamsPage,
  ) {}

  @Get()
  @Render('teams/teams')
  list(@Req() request: Request) {
    return this.page.list({ notice: takeNotice(request) });
  }

  /** The response shows the link for the first admin, only once. */
  @Post()
  @HttpCode(200)
  async create(
    @CurrentIdentity() { name: invitedBy }: Identity,
    @Body() form: unknown,
    @Res() response: Response,
  ) {
    const typed = typedTeam(form);
    try {
      const made = await this.teams.create(typed.slug, { email: typed.email, invitedBy });
      response.render('teams/teams', await this.page.list({ made }));
    } catch (error) {
      const view = await this.page.list({ typed, faults: faultsOf(error) });
      response.status(422).render('teams/teams', view);
    }
  }

  @Get(':id')
  @Render('teams/team')
  show(@Param('id', IdPipe) id: number) {
    return this.page.team(id);
  }

  @Post(':id/rename')
  async rename(
    @Param('id', IdPipe) id: number,
    @Body() form: unknown,
    @Req() request: Request,
    @Res() response: Response,
  ) {
    const slug = formText(form, 'slug');
    const { team } = await this.page.team(id);
    try {
      await this.teams.rename(id, slug);
    } catch (error) {
      const view = await this.page.team(id, { typed: { slug }, faults: faultsOf(error) });
      return response.status(422).render('teams/team', view);
    }
    leaveNotice(request, `The team ${team.slug} is now called ${slug}.`);
    await saveSession(request);
    response.redirect(303, '/teams');
  }
}
