import { Controller, Get, Param, Query, Res, StreamableFile } from '@nestjs/common';
import type { Response } from 'express';
import type { Identity } from '../../accounts/identity.js';
import { CurrentIdentity } from '../../accounts/identity.js';
import { Directories } from '../../integrations/connections/directories.js';
import { IntegrationsService } from '../../integrations/connections/integrations.service.js';
import { streamedFile } from '../../integrations/exports/csv-file.js';
import { HeavyReads } from '../../integrations/exports/heavy-reads.js';
import { differencesCsv, differencesName } from '../../members/past/difference-files.js';
import { forSpreadsheets } from '../../platform/csv.js';
import { jsonArray } from '../../platform/json.js';
import { Access } from '../../platform/web/access.decorator.js';
import { IdPipe } from '../../platform/web/id.pipe.js';
import { formatIn } from '../shared/file-format.js';
import { DiffAddress } from './diff-address.js';

/** Exports all pages of a comparison of two dates, of the chosen kind. */
@Access('member')
@Controller('integrations/github/:id/members/diff/export')
export class MembersDiffExportController {
  constructor(
    private readonly integrations: IntegrationsService,
    private readonly directories: Directories,
    private readonly heavy: HeavyReads,
  ) {}

  @Get()
  async export(
    @CurrentIdentity() { teamId }: Identity,
    @Param('id', IdPipe) id: number,
    @Query() parameters: unknown,
    @Res({ passthrough: true }) response: Response,
  ): Promise<StreamableFile> {
    const integration = await this.integrations.get(teamId, id);
    const address = new DiffAddress(id, parameters);
    const { period, kind } = address;
    const signal = await this.heavy.turn(teamId, response);
    const comparison = await this.directories.compare(integration, period, signal);
    const format = formatIn(parameters);
    const all = comparison.all(kind);
    const texts = format === 'json' ? jsonArray(all) : forSpreadsheets(differencesCsv(all));
    const name = differencesName(integration.organizationLogin, address);
    return streamedFile(texts, { name, format });
  }
}
