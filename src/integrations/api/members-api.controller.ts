import { Readable } from 'node:stream';
import { Controller, Get, Header, Param, Query, Req, StreamableFile } from '@nestjs/common';
import { ApiOperation } from '@nestjs/swagger';
import type { Request } from 'express';
import type { Identity } from '../../accounts/identity.js';
import { CurrentIdentity } from '../../accounts/identity.js';
import type { Member } from '../../members/member.entity.js';
import { MembersService } from '../../members/members.service.js';
import { csvHeader, csvRow } from '../../members/members-csv.js';
import { presentMember } from '../../members/present-member.js';
import { PublicError } from '../../platform/public-error.js';
import { IdPipe } from '../../platform/web/id.pipe.js';
import type { GithubIntegration } from '../github-integration.entity.js';
import { IntegrationsService } from '../integrations.service.js';
import { ApiIntegrationId, ApiPage, ApiProblem, ApiV1 } from './api-docs.js';
import { MemberResponse, presentMemberWithId } from './member.response.js';
import { MembersQuery } from './members.query.js';
import { cursorAfter, memberOf, type Page } from './page.js';

const NOT_ACCEPTABLE = {
  status: 406,
  code: 'not_acceptable',
  detail: 'Members are to be had as JSON or as CSV.',
  remedy: 'Send `Accept: application/json` or `Accept: text/csv`.',
};

const CSV_EXAMPLE = `${csvHeader()}4120733,mara-lindqvist,Mara Lindqvist,mara@example.com,admin,active,https://avatars.githubusercontent.com/u/4120733?v=4\r\n`;

/** Shows directories, as JSON or as CSV. */
@ApiV1('Members')
@Controller('api/v1/integrations/:id/members')
export class MembersApiController {
  constructor(
    private readonly integrations: IntegrationsService,
    private readonly members: MembersService,
  ) {}

  @Get()
  @Header('Vary', 'Accept')
  @ApiIntegrationId()
  @ApiOperation({
    operationId: 'listMembers',
    summary: 'Lists the members, sorted by login',
    description:
      'With `Accept: text/csv`, everybody who fits `status` and `q` comes as one CSV file (RFC 4180); `limit` and ' +
      "`cursor` do not matter there. A cell that a spreadsheet would take for a formula begins with an apostrophe (').",
  })
  @ApiPage(MemberResponse, 'A page of the members; as CSV, all of them.', {
    'text/csv': { schema: { type: 'string' }, example: CSV_EXAMPLE },
  })
  @ApiProblem(NOT_ACCEPTABLE)
  async list(
    @CurrentIdentity() { teamId }: Identity,
    @Param('id', IdPipe) id: number,
    @Query() query: MembersQuery,
    @Req() request: Request,
  ): Promise<Page<MemberResponse> | StreamableFile> {
    const integration = await this.integrations.get(teamId, id);
    const type = request.accepts(['application/json', 'text/csv']);
    if (type === 'application/json') return this.page(integration.id, query);
    if (type === 'text/csv') return this.csv(integration, query);
    const { status, code, detail, remedy } = NOT_ACCEPTABLE;
    throw new PublicError(status, code, detail, remedy);
  }

  private async page(
    integrationId: number,
    { status, q, limit, cursor }: MembersQuery,
  ): Promise<Page<MemberResponse>> {
    const after = memberOf(cursor);
    const { members, next } = await this.members.page({
      integrationId,
      statuses: status,
      search: q,
      limit,
      after,
    });
    return {
      items: members.map(presentMemberWithId),
      nextCursor: next ? cursorAfter(next) : null,
    };
  }

  private csv(
    { id, organizationLogin }: GithubIntegration,
    { status, q }: MembersQuery,
  ): StreamableFile {
    const members = this.members.all(id, status, q);
    return new StreamableFile(Readable.from(csvLines(members)), {
      type: 'text/csv; charset=utf-8',
      disposition: `attachment; filename="${organizationLogin}-members.csv"`,
    });
  }
}

/** The header goes out before the first look at the database, so that a failure later cuts the answer off. */
async function* csvLines(members: AsyncIterable<Member>): AsyncGenerator<string> {
  yield csvHeader();
  for await (const member of members) yield csvRow(presentMember(member));
}
