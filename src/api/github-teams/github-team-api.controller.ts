import { Controller, Get, Header, Param, Query, Req, Res, StreamableFile } from '@nestjs/common';
import { ApiOperation } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import type { Identity } from '../../accounts/identity.js';
import { CurrentIdentity } from '../../accounts/identity.js';
import { Directories } from '../../integrations/connections/directories.js';
import { keptMoment } from '../../integrations/connections/kept-moment.js';
import {
  type FoundTeam,
  githubTeamNotFound,
  TeamGithubTeams,
} from '../../integrations/connections/team-github-teams.js';
import { streamedFile } from '../../integrations/exports/csv-file.js';
import { HeavyReads } from '../../integrations/exports/heavy-reads.js';
import { GithubTeams } from '../../members/github-teams/github-teams.js';
import {
  TeamMembers,
  teamMembersCsv,
  teamMembersHeader,
} from '../../members/github-teams/team-members.js';
import { ApiProblem } from '../../platform/web/api-problem.js';
import { IdPipe } from '../../platform/web/id.pipe.js';
import { presentMemberWithId } from '../members/member.response.js';
import { ApiId, ApiV1 } from '../shared/api-docs.js';
import { ApiPage, ApiShown } from '../shared/api-reads.js';
import { asCsv, notAcceptable, wantsCsv } from '../shared/csv-or-json.js';
import { cursorAt, type Page, placeAt } from '../shared/page.js';
import { GithubTeamResponse, TeamMemberResponse } from './github-team.response.js';
import { TeamMembersQuery } from './github-teams.query.js';

const EXAMPLE = `${teamMembersHeader()}4120733,mara-lindqvist,Mara Lindqvist,mara@example.com,admin,active,platform,maintainer,false\r\n`;

/** Shows one GitHub team, and who is in it. */
@ApiV1('GitHub teams')
@Controller('api/v1/github-teams/:id')
export class GithubTeamApiController {
  constructor(
    private readonly found: TeamGithubTeams,
    private readonly teams: GithubTeams,
    private readonly members: TeamMembers,
    private readonly directories: Directories,
    private readonly heavy: HeavyReads,
  ) {}

  @Get()
  @ApiId('id')
  @ApiOperation({ operationId: 'getGithubTeam', summary: 'Shows a GitHub team' })
  @ApiShown(GithubTeamResponse, 'The team, also a deleted one.')
  @ApiProblem(githubTeamNotFound())
  async get(
    @CurrentIdentity() { teamId }: Identity,
    @Param('id', IdPipe) id: number,
  ): Promise<GithubTeamResponse> {
    const { team, teams } = await this.found.find(teamId, id);
    const [shown] = await this.teams.present(teams, [team]);
    return shown as GithubTeamResponse;
  }

  @Get('members')
  @Header('Vary', 'Accept')
  @ApiId('id')
  @ApiOperation({
    operationId: 'listGithubTeamMembers',
    summary: 'Lists the members of a GitHub team, by login',
    description:
      '`place` of somebody who is only in a team within it names that team, and is `inherited`. With `Accept: text/csv`, the response is one CSV file with all of them, and `limit` and `cursor` are ignored.',
  })
  @ApiPage(TeamMemberResponse, 'A page of the members; as CSV, all of them.', {
    others: asCsv(EXAMPLE),
    wrong: ['as_of_invalid', 'as_of_in_future', 'as_of_too_early', 'part_not_visible'],
  })
  @ApiProblem(githubTeamNotFound())
  @ApiProblem(notAcceptable())
  async list(
    @CurrentIdentity() { teamId }: Identity,
    @Param('id', IdPipe) id: number,
    @Query() { limit, cursor, includeChildTeams, asOf }: TeamMembersQuery,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<Page<TeamMemberResponse> | StreamableFile> {
    const found = await this.found.find(teamId, id);
    const { integration, team, teams } = found;
    const moment = keptMoment(integration, asOf);
    const isCsv = wantsCsv(request);
    const signal = isCsv || moment ? await this.heavy.turn(teamId, response) : undefined;
    const query = {
      integrationId: integration.id,
      ...(moment ? await this.past(found, moment, signal) : { team, tree: teams.tree }),
      includeChildTeams: includeChildTeams === 'true',
    };
    if (isCsv) {
      const name = `${integration.organizationLogin}-${team.slug}-members`;
      const file = { name: asOf === undefined ? name : `${name}-${asOf}`, format: 'csv' } as const;
      return streamedFile(teamMembersCsv(this.members.all(query)), file);
    }
    const after = placeAt(cursor, 'login');
    const { members, next } = await this.members.page(query, { limit, after });
    return {
      items: members.map(({ member, place }) => ({ ...presentMemberWithId(member), place })),
      nextCursor: next ? cursorAt(next, 'login') : null,
    };
  }

  /** The team, those within it and the directory at a past moment. */
  private async past(found: FoundTeam, asOf: Date, signal?: AbortSignal) {
    const { team, teams } = await this.found.asOf(found, asOf);
    const directory = await this.directories.past(found.integration, asOf, signal);
    return { team, tree: teams.tree, past: { asOf, directory } };
  }
}
