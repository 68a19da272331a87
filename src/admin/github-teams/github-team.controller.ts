import { Controller, Get, Param, Query, Render, Res, StreamableFile } from '@nestjs/common';
import type { Response } from 'express';
import type { Identity } from '../../accounts/identity.js';
import { CurrentIdentity } from '../../accounts/identity.js';
import { TeamGithubTeams } from '../../integrations/connections/team-github-teams.js';
import { streamedFile } from '../../integrations/exports/csv-file.js';
import { HeavyReads } from '../../integrations/exports/heavy-reads.js';
import { TeamMembers, teamMembersCsv } from '../../members/github-teams/team-members.js';
import { forSpreadsheets } from '../../platform/csv.js';
import { Access } from '../../platform/web/access.decorator.js';
import { IdPipe } from '../../platform/web/id.pipe.js';
import { GithubTeamPage } from './github-team-page.js';
import { TeamAddress } from './team-address.js';

/** One GitHub team: its place in the tree, who is in it, and its history. */
@Access('member')
@Controller('integrations/github/:id/github-teams/:teamId')
export class GithubTeamController {
  constructor(
    private readonly page: GithubTeamPage,
    private readonly found: TeamGithubTeams,
    private readonly members: TeamMembers,
    private readonly heavy: HeavyReads,
  ) {}

  @Get()
  @Render('github-teams/github-team')
  team(
    @CurrentIdentity() identity: Identity,
    @Param('id', IdPipe) id: number,
    @Param('teamId', IdPipe) githubTeamId: number,
    @Query() query: unknown,
  ) {
    return this.page.view(identity.teamId, id, githubTeamId, query);
  }

  @Get('export')
  async export(
    @CurrentIdentity() identity: Identity,
    @Param('id', IdPipe) id: number,
    @Param('teamId', IdPipe) githubTeamId: number,
    @Query() query: unknown,
    @Res({ passthrough: true }) response: Response,
  ): Promise<StreamableFile> {
    const { integration, team, teams } = await this.found.in(identity.teamId, id, githubTeamId);
    const { includeChildTeams } = new TeamAddress(id, githubTeamId, query);
    await this.heavy.turn(identity.teamId, response);
    const asked = { integrationId: id, team, tree: teams.tree, includeChildTeams };
    return streamedFile(forSpreadsheets(teamMembersCsv(this.members.all(asked))), {
      ...{ name: `${integration.organizationLogin}-${team.slug}-members`, format: 'csv' },
    });
  }
}
