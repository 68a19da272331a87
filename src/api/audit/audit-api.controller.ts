import { Controller, Get, Header, Query, Req, Res, StreamableFile } from '@nestjs/common';
import { ApiOperation } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { z } from 'zod';
import { AUDIT_COLUMNS, auditCsv, auditNdjson } from '../../accounts/audit/audit-files.js';
import { AuditLog, presentEntry } from '../../accounts/audit/audit-log.js';
import { auditPeriod } from '../../accounts/audit/audit-period.js';
import type { Identity } from '../../accounts/identity.js';
import { CurrentIdentity } from '../../accounts/identity.js';
import { streamedFile } from '../../integrations/exports/csv-file.js';
import { HeavyReads } from '../../integrations/exports/heavy-reads.js';
import { csvLine } from '../../platform/csv.js';
import { ApiProblem } from '../../platform/web/api-problem.js';
import { ApiV1 } from '../shared/api-docs.js';
import { ApiPage } from '../shared/api-reads.js';
import { asCsv, asNdjson, notAcceptable, wantedFormat } from '../shared/csv-or-json.js';
import { readCursor, writeCursor } from '../shared/cursor.js';
import type { Page } from '../shared/page.js';
import { AuditQuery } from './audit.query.js';
import { AuditEntryResponse } from './audit-entry.response.js';

const position = z.tuple([z.iso.datetime(), z.int().positive()]);

const FORMATS = ['json', 'csv', 'ndjson'] as const;

const FILES = { csv: auditCsv, ndjson: auditNdjson };

/** Shows who did what in a team. */
@ApiV1('Audit log')
@Controller('api/v1/audit')
export class AuditApiController {
  constructor(
    private readonly log: AuditLog,
    private readonly heavy: HeavyReads,
  ) {}

  @Get()
  @Header('Vary', 'Accept')
  @ApiOperation({
    operationId: 'listAuditEntries',
    summary: 'Lists the entries of the audit log, newest first',
    description:
      'With `Accept: text/csv` or `Accept: application/x-ndjson`, the response is one file with all that match, and ' +
      '`limit` and `cursor` are ignored.',
  })
  @ApiPage(AuditEntryResponse, 'A page of the log; as a file, all of it.', {
    others: {
      ...asCsv(csvLine(AUDIT_COLUMNS)),
      ...asNdjson('{"id":12,"action":"member.disable"}\n'),
    },
    wrong: ['period_invalid'],
  })
  @ApiProblem(notAcceptable(FORMATS))
  async list(
    @CurrentIdentity() { teamId, teamSlug }: Identity,
    @Query() { limit, cursor, actor, action, since, until }: AuditQuery,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<Page<AuditEntryResponse> | StreamableFile> {
    const filter = { teamId, actor, action, ...auditPeriod({ since, until }) };
    const format = wantedFormat(request, FORMATS);
    if (format !== 'json') {
      const entries = this.log.all(filter, await this.heavy.turn(teamId, response));
      return streamedFile(FILES[format](entries), { name: `${teamSlug}-audit`, format });
    }
    const [at, id] = readCursor(position, cursor) ?? [];
    const after = at && id ? { at: new Date(at), id } : undefined;
    const found = await this.log.page(filter, limit + 1, after);
    const entries = found.slice(0, limit);
    const last = found.length > limit ? entries.at(-1) : undefined;
    return {
      items: entries.map(presentEntry),
      nextCursor: last ? writeCursor([last.at, last.id]) : null,
    };
  }
}
