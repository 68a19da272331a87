import { Controller, Get, Header, Param, Query, Req, Res, StreamableFile } from '@nestjs/common';
import { ApiOperation } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { z } from 'zod';
import type { Identity } from '../../accounts/identity.js';
import { CurrentIdentity } from '../../accounts/identity.js';
import { IntegrationsService } from '../../integrations/connections/integrations.service.js';
import { keptMoment } from '../../integrations/connections/kept-moment.js';
import { streamedFile } from '../../integrations/exports/csv-file.js';
import { HeavyReads } from '../../integrations/exports/heavy-reads.js';
import { PeopleQuestions } from '../../integrations/parts/people-questions.js';
import { GithubTeams } from '../../members/github-teams/github-teams.js';
import {
  GITHUB_TEAM_COLUMNS,
  githubTeamsCsv,
} from '../../members/github-teams/present-github-team.js';
import { bySlug } from '../../members/github-teams/team-diff.js';
import { csvLine } from '../../platform/csv.js';
import { ApiProblem } from '../../platform/web/api-problem.js';
import { IdPipe } from '../../platform/web/id.pipe.js';
import { ApiIntegrationId, ApiV1 } from '../shared/api-docs.js';
import { ApiPage } from '../shared/api-reads.js';
import { asCsv, notAcceptable, wantsCsv } from '../shared/csv-or-json.js';
import { readCursor, writeCursor } from '../shared/cursor.js';
import type { Page } from '../shared/page.js';
import { GithubTeamResponse } from './github-team.response.js';
import { GithubTeamsQuery } from './github-teams.query.js';

const EXAMPLE = `${csvLine(GITHUB_TEAM_COLUMNS)}1,7214033,platform,Platform,closed,,12,40,\r\n`;

const POSITION = z.tuple([z.string(), z.int().positive()]);

/** Shows the teams of organizations. */
@ApiV1('GitHub teams')
@Controller('api/v1/integrations/:id/github-teams')
export class GithubTeamsApiController {
  constructor(
    private readonly integrations: IntegrationsService,
    private readonly teams: GithubTeams,
    private readonly questions: PeopleQuestions,
    private readonly heavy: HeavyReads,
  ) {}

  @Get()
  @Header('Vary', 'Accept')
  @ApiIntegrationId()
  @ApiOperation({
    operationId: 'listGithubTeams',
    summary: 'Lists the teams of the organization, by slug',
    description:
      'An empty list can mean that the credential may not read them: `GET /integrations/{id}/parts` tells. ' +
      'With `Accept: text/csv`, the response is one CSV file with all of them, and `limit` and `cursor` are ignored.',
  })
  @ApiPage(GithubTeamResponse, 'A page of the teams; as CSV, all of them.', {
    others: asCsv(EXAMPLE),
    wrong: ['as_of_invalid', 'as_of_in_future', 'as_of_too_early', 'part_not_visible'],
  })
  @ApiProblem(notAcceptable())
  async list(
    @CurrentIdentity() { teamId }: Identity,
    @Param('id', IdPipe) id: number,
    @Query() { state, limit, cursor, asOf }: GithubTeamsQuery,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<Page<GithubTeamResponse> | StreamableFile> {
    const integration = await this.integrations.get(teamId, id);
    const moment = keptMoment(integration, asOf);
    await this.questions.checkPast(integration, 'teams', moment);
    const isCsv = wantsCsv(request);
    if (isCsv) await this.heavy.turn(teamId, response);
    const found = await this.teams.of({ integrationId: id, asOf: moment });
    const shown = state === 'existing' ? found.teams : found.deleted;
    if (isCsv) {
      const name = `${integration.organizationLogin}-teams`;
      const lines = githubTeamsCsv(this.teams.all(found, shown));
      return streamedFile(lines, { name, format: 'csv' });
    }
    const [slug, last] = readCursor(POSITION, cursor) ?? ['', 0];
    const rest = shown.filter((team) => bySlug(team, { slug, id: last }) > 0);
    const some = rest.slice(0, limit);
    const end = rest.length > limit ? some.at(-1) : undefined;
    return {
      items: await this.teams.present(found, some),
      nextCursor: end ? writeCursor([end.slug, end.id]) : null,
    };
  }
}
