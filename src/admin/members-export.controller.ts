import { Readable } from 'node:stream';
import { Controller, Get, Param, Query, StreamableFile } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Identity } from '../accounts/identity.js';
import { CurrentIdentity } from '../accounts/identity.js';
import { Directories } from '../integrations/directories.service.js';
import { IntegrationsService } from '../integrations/integrations.service.js';
import { parseAsOf } from '../members/as-of.js';
import { csvDisposition, spreadsheet } from '../members/members-csv.js';
import { IdPipe } from '../platform/web/id.pipe.js';
import { DirectoryQuery } from './directory-query.js';

/** Gives everybody whom the directory's page would show, page after page, as CSV. */
@ApiExcludeController()
@Controller('integrations/github/:id/members/export')
export class MembersExportController {
  constructor(
    private readonly integrations: IntegrationsService,
    private readonly directories: Directories,
  ) {}

  @Get()
  async export(
    @CurrentIdentity() { teamId }: Identity,
    @Param('id', IdPipe) id: number,
    @Query() parameters: unknown,
  ): Promise<StreamableFile> {
    const integration = await this.integrations.get(teamId, id);
    const query = new DirectoryQuery(id, parameters);
    const moment = query.asOf ? parseAsOf(query.asOf) : undefined;
    const directory = await this.directories.asOf(integration, moment);
    const { after, before, ...everybody } = query.members;
    return new StreamableFile(Readable.from(spreadsheet(directory.all(everybody))), {
      type: 'text/csv; charset=utf-8',
      disposition: csvDisposition(integration.organizationLogin),
    });
  }
}
