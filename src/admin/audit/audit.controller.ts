import { Controller, Get, Query, Render, Res, StreamableFile } from '@nestjs/common';
import type { Response } from 'express';
import { auditCsv, auditNdjson } from '../../accounts/audit/audit-files.js';
import { AuditLog } from '../../accounts/audit/audit-log.js';
import type { Identity } from '../../accounts/identity.js';
import { CurrentIdentity } from '../../accounts/identity.js';
import { streamedFile } from '../../integrations/exports/csv-file.js';
import { HeavyReads } from '../../integrations/exports/heavy-reads.js';
import { forSpreadsheets } from '../../platform/csv.js';
import { Access } from '../../platform/web/access.decorator.js';
import { formText } from '../../platform/web/form-text.js';
import { AuditPage } from './audit-page.js';
import { AuditPageQuery } from './audit-query.js';

/** Shows and exports the audit log of the team. */
@Access('admin')
@Controller('audit')
export class AuditController {
  constructor(
    private readonly page: AuditPage,
    private readonly log: AuditLog,
    private readonly heavy: HeavyReads,
  ) {}

  @Get()
  @Render('audit/audit')
  show(@CurrentIdentity() identity: Identity, @Query() query: unknown) {
    return this.page.view(identity, query);
  }

  @Get('export')
  async export(
    @CurrentIdentity() identity: Identity,
    @Query() parameters: unknown,
    @Res({ passthrough: true }) response: Response,
  ): Promise<StreamableFile> {
    const { filter, ofInstance } = new AuditPageQuery(identity, parameters);
    const entries = this.log.all(filter, await this.heavy.turn(identity.teamId, response));
    const name = `${ofInstance ? 'instance' : identity.teamSlug}-audit`;
    return formText(parameters, 'format') === 'ndjson'
      ? streamedFile(auditNdjson(entries), { name, format: 'ndjson' })
      : streamedFile(forSpreadsheets(auditCsv(entries)), { name, format: 'csv' });
  }
}
