import { Body, Controller, Post, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import type { Identity } from '../../accounts/identity.js';
import { CurrentIdentity } from '../../accounts/identity.js';
import { saveSession } from '../../accounts/sessions/sessions.js';
import { TeamsService } from '../../accounts/users/teams.service.js';
import { PublicError } from '../../platform/public-error.js';
import { Access } from '../../platform/web/access.decorator.js';
import { formText } from '../../platform/web/form-text.js';
import { START } from './sign-in-page.js';

/** Switches to another of the user's teams. */
@Access('member')
@Controller('team')
export class TeamController {
  constructor(private readonly teams: TeamsService) {}

  @Post()
  async choose(
    @Body() form: unknown,
    @CurrentIdentity() { otherTeams = [], teamSlug }: Identity,
    @Req() request: Request,
    @Res() response: Response,
  ) {
    const slug = formText(form, 'team');
    // A team of other people looks like a team that does not exist.
    if (slug !== teamSlug && !otherTeams.includes(slug)) throw notYours();
    request.session.teamId = (await this.teams.get(slug)).id;
    await saveSession(request);
    response.redirect(303, START);
  }
}

const notYours = () =>
  new PublicError(404, 'team_not_found', 'You are not in this team.', 'Choose one of your teams.');
