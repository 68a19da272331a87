import { Controller, Get, Param, Query, Res, StreamableFile } from '@nestjs/common';
import type { Response } from 'express';
import type { Identity } from '../../accounts/identity.js';
import { CurrentIdentity } from '../../accounts/identity.js';
import { Directories } from '../../integrations/connections/directories.js';
import { IntegrationsService } from '../../integrations/connections/integrations.service.js';
import { csvFile } from '../../integrations/exports/csv-file.js';
import { HeavyReads } from '../../integrations/exports/heavy-reads.js';
import { PeopleQuestions } from '../../integrations/parts/people-questions.js';
import type { Affiliation } from '../../members/affiliation.js';
import { spreadsheet } from '../../members/listing/members-csv.js';
import { parseAsOf } from '../../members/past/as-of.js';
import { Access } from '../../platform/web/access.decorator.js';
import { IdPipe } from '../../platform/web/id.pipe.js';
import { DirectoryQuery } from './directory-query.js';
import { DirectoryTeams } from './directory-team.js';
import type { Asked } from './members-page.js';

/** Exports the people of all pages of a list as CSV. */
@Access('member')
@Controller('integrations/github/:id')
export class MembersExportController {
  constructor(
    private readonly integrations: IntegrationsService,
    private readonly directories: Directories,
    private readonly questions: PeopleQuestions,
    private readonly heavy: HeavyReads,
    private readonly teams: DirectoryTeams,
  ) {}

  @Get('members/export')
  members(
    @CurrentIdentity() { teamId }: Identity,
    @Param('id', IdPipe) id: number,
    @Query() parameters: unknown,
    @Res({ passthrough: true }) response: Response,
  ): Promise<StreamableFile> {
    return this.export(teamId, { id, parameters, affiliation: 'member' }, response);
  }

  @Get('collaborators/export')
  collaborators(
    @CurrentIdentity() { teamId }: Identity,
    @Param('id', IdPipe) id: number,
    @Query() parameters: unknown,
    @Res({ passthrough: true }) response: Response,
  ): Promise<StreamableFile> {
    return this.export(teamId, { id, parameters, affiliation: 'outside_collaborator' }, response);
  }

  private async export(
    teamId: number,
    { id, parameters, affiliation }: Asked,
    response: Response,
  ): Promise<StreamableFile> {
    const integration = await this.integrations.get(teamId, id);
    const asked = new DirectoryQuery(id, parameters, affiliation);
    const moment = asked.asOf ? parseAsOf(asked.asOf) : undefined;
    await this.questions.check(integration, asked, moment);
    const team = await this.teams.of(integration, asked, moment);
    const query = asked.inTeam(team?.people);
    const signal = await this.heavy.turn(teamId, response);
    const directory = await this.directories.asOf(integration, moment, signal);
    const { after, before, ...everybody } = query.members;
    const name = `${integration.organizationLogin}${FILE_NAMES[affiliation]}`;
    return csvFile(spreadsheet(directory.all(everybody)), name, query.asOf);
  }
}

const FILE_NAMES: Record<Affiliation, string> = {
  member: '',
  outside_collaborator: '-collaborators',
};
