import { Body, Controller, Get, Param, Post, Render, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { saveSession } from '../../accounts/sessions/sessions.js';
import { TeamAdministration } from '../../accounts/users/team-administration.js';
import { TeamDeletion } from '../../integrations/team-deletion/team-deletion.js';
import { Access } from '../../platform/web/access.decorator.js';
import { leaveNotice } from '../../platform/web/flash.js';
import { formText } from '../../platform/web/form-text.js';
import { IdPipe } from '../../platform/web/id.pipe.js';
import { shownError } from '../../platform/web/shown-error.js';
import { TeamsPage } from './teams-page.js';

const VIEW = 'teams/delete';

/** Deletes a team after its name was typed. */
@Access('instance admin')
@Controller('teams/:id/delete')
export class TeamDeletionController {
  constructor(
    private readonly teams: TeamAdministration,
    private readonly deletion: TeamDeletion,
    private readonly page: TeamsPage,
  ) {}

  @Get()
  @Render(VIEW)
  ask(@Param('id', IdPipe) id: number) {
    return this.page.deletionOf(id);
  }

  @Post()
  async delete(
    @Param('id', IdPipe) id: number,
    @Body() form: unknown,
    @Req() request: Request,
    @Res() response: Response,
  ) {
    const { slug } = await this.teams.get(id);
    const typed = { slug: formText(form, 'slug') };
    if (typed.slug !== slug) {
      const faults = { slug: `Nothing was deleted. Type ${slug} to confirm.` };
      const view = await this.page.deletionOf(id, { typed, faults });
      return response.status(422).render(VIEW, view);
    }
    try {
      await this.deletion.delete(id);
    } catch (error) {
      const { status, error: refused } = shownError(error);
      const view = await this.page.deletionOf(id, { typed, refused });
      return response.status(status).render(VIEW, view);
    }
    leaveNotice(request, `The team ${slug} is deleted, with everything it had.`);
    await saveSession(request);
    response.redirect(303, '/teams');
  }
}
