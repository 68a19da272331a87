import { Controller, Get, Param, Query, Render, Res, StreamableFile } from '@nestjs/common';
import type { Response } from 'express';
import type { Identity } from '../../accounts/identity.js';
import { CurrentIdentity } from '../../accounts/identity.js';
import { IntegrationsService } from '../../integrations/connections/integrations.service.js';
import { streamedFile } from '../../integrations/exports/csv-file.js';
import { HeavyReads } from '../../integrations/exports/heavy-reads.js';
import { GithubTeams } from '../../members/github-teams/github-teams.js';
import { githubTeamsCsv } from '../../members/github-teams/present-github-team.js';
import { forSpreadsheets } from '../../platform/csv.js';
import { Access } from '../../platform/web/access.decorator.js';
import { IdPipe } from '../../platform/web/id.pipe.js';
import { GithubTeamsPage } from './github-teams-page.js';

/** The GitHub teams of an organization. */
@Access('member')
@Controller('integrations/github/:id/github-teams')
export class GithubTeamsController {
  constructor(
    private readonly page: GithubTeamsPage,
    private readonly integrations: IntegrationsService,
    private readonly teams: GithubTeams,
    private readonly heavy: HeavyReads,
  ) {}

  @Get()
  @Render('github-teams/github-teams')
  list(
    @CurrentIdentity() { teamId }: Identity,
    @Param('id', IdPipe) id: number,
    @Query() query: unknown,
  ) {
    return this.page.view(teamId, id, query);
  }

  @Get('export')
  async export(
    @CurrentIdentity() { teamId }: Identity,
    @Param('id', IdPipe) id: number,
    @Res({ passthrough: true }) response: Response,
  ): Promise<StreamableFile> {
    const { organizationLogin } = await this.integrations.get(teamId, id);
    await this.heavy.turn(teamId, response);
    const lines = githubTeamsCsv(this.teams.all(await this.teams.of({ integrationId: id })));
    return streamedFile(forSpreadsheets(lines), {
      ...{ name: `${organizationLogin}-teams`, format: 'csv' },
    });
  }
}
