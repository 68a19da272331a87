import {
  Body,
  Controller,
  Get,
  Param,
  Post,
  Query,
  Render,
  Req,
  Res,
  StreamableFile,
} from '@nestjs/common';
import type { Request, Response } from 'express';
import type { Identity } from '../../accounts/identity.js';
import { CurrentIdentity } from '../../accounts/identity.js';
import { saveSession } from '../../accounts/sessions/sessions.js';
import { streamedFile } from '../../integrations/exports/csv-file.js';
import { HeavyReads } from '../../integrations/exports/heavy-reads.js';
import { forSpreadsheets } from '../../platform/csv.js';
import { jsonArray } from '../../platform/json.js';
import { Access } from '../../platform/web/access.decorator.js';
import { leaveNotice, takeNotice } from '../../platform/web/flash.js';
import { formText } from '../../platform/web/form-text.js';
import { IdPipe } from '../../platform/web/id.pipe.js';
import { shownError } from '../../platform/web/shown-error.js';
import { ManualMatches } from '../../reviews/matching/manual-matches.js';
import { MatchesService } from '../../reviews/matching/matches.service.js';
import { matchesCsv } from '../../reviews/matching/matches-csv.js';
import { formatIn } from '../shared/file-format.js';
import { MatchesAddress } from './matches-address.js';
import { MatchesPage } from './matches-page.js';

const VIEW = 'people-list/matches';

/** Says who of the people list is who on GitHub, and lets admins choose. */
@Access('admin')
@Controller('people-list/matches')
export class MatchesController {
  constructor(
    private readonly page: MatchesPage,
    private readonly matches: MatchesService,
    private readonly choices: ManualMatches,
    private readonly heavy: HeavyReads,
  ) {}

  @Get()
  @Render(VIEW)
  show(@CurrentIdentity() { teamId }: Identity, @Query() query: unknown, @Req() request: Request) {
    return this.page.view(teamId, query, { notice: takeNotice(request) });
  }

  @Get('export')
  async export(
    @CurrentIdentity() { teamId, teamSlug }: Identity,
    @Query() query: unknown,
    @Res({ passthrough: true }) response: Response,
  ): Promise<StreamableFile> {
    const { category, search } = new MatchesAddress(query);
    const filter = { teamId, category, search };
    const all = this.matches.all(filter, await this.heavy.turn(teamId, response));
    const name = [teamSlug, 'people-list', category].filter(Boolean).join('-');
    return formatIn(query) === 'json'
      ? streamedFile(jsonArray(all), { name, format: 'json' })
      : streamedFile(forSpreadsheets(matchesCsv(all)), { name, format: 'csv' });
  }

  /** The form has a `memberId` or a `login`; without both, the choice is taken back. */
  @Post(':personId')
  async choose(
    @CurrentIdentity() { teamId }: Identity,
    @Param('personId', IdPipe) personId: number,
    @Query() query: unknown,
    @Body() form: unknown,
    @Req() request: Request,
    @Res() response: Response,
  ) {
    try {
      const memberId = await this.chosen(teamId, form);
      await this.choices.choose(teamId, personId, memberId);
      leaveNotice(request, memberId === null ? 'The choice is taken back.' : 'The choice is kept.');
      await saveSession(request);
      response.redirect(303, new MatchesAddress(query).here);
    } catch (error) {
      const { status, error: refused } = shownError(error);
      response.status(status).render(VIEW, await this.page.view(teamId, query, { refused }));
    }
  }

  private async chosen(teamId: number, form: unknown): Promise<number | null> {
    const login = formText(form, 'login');
    if (login) return this.choices.memberIdOf(teamId, login);
    return Number(formText(form, 'memberId')) || null;
  }
}
