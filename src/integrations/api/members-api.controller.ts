import { Readable } from 'node:stream';
import { Controller, Get, Header, Param, Query, Req, StreamableFile } from '@nestjs/common';
import { ApiOperation } from '@nestjs/swagger';
import type { Request } from 'express';
import type { Identity } from '../../accounts/identity.js';
import { CurrentIdentity } from '../../accounts/identity.js';
import { parseAsOf } from '../../members/as-of.js';
import type { Member } from '../../members/member.entity.js';
import { csvHeader, csvRow } from '../../members/members-csv.js';
import { presentMember } from '../../members/present-member.js';
import { PublicError } from '../../platform/public-error.js';
import { IdPipe } from '../../platform/web/id.pipe.js';
import { Directories, type Directory } from '../directories.service.js';
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
    private readonly directories: Directories,
  ) {}

  @Get()
  @Header('Vary', 'Accept')
  @ApiIntegrationId()
  @ApiOperation({
    operationId: 'listMembers',
    summary: 'Lists the members, sorted by login',
    description:
      'With `Accept: text/csv`, everybody who fits `status` and `q` comes as one CSV file (RFC 4180); `limit` and ' +
      "`cursor` do not matter there. A cell that a spreadsheet would take for a formula begins with an apostrophe ('). " +
      'As of a past moment, people have the login, the name, the role and the status that they had then; a moment before ' +
      'the oldest change that is kept is refused (`as_of_too_early`).',
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
    if (!type) throw notAcceptable();
    const directory = await this.directories.asOf(integration, momentOf(query));
    return type === 'text/csv'
      ? csv(directory, integration, query)
      : page(directory, integration.id, query);
  }
}

function notAcceptable(): PublicError {
  const { status, code, detail, remedy } = NOT_ACCEPTABLE;
  return new PublicError(status, code, detail, remedy);
}

/** @throws PublicError `as_of_invalid` */
const momentOf = ({ asOf }: MembersQuery): Date | undefined =>
  asOf === undefined ? undefined : parseAsOf(asOf);

async function page(
  directory: Directory,
  integrationId: number,
  { status, q, limit, cursor }: MembersQuery,
): Promise<Page<MemberResponse>> {
  const { members, next } = await directory.page({
    integrationId,
    statuses: status,
    search: q,
    limit,
    after: memberOf(cursor),
  });
  return {
    items: members.map(presentMemberWithId),
    nextCursor: next ? cursorAfter(next) : null,
  };
}

function csv(
  directory: Directory,
  { id, organizationLogin }: GithubIntegration,
  { status, q }: MembersQuery,
): StreamableFile {
  const members = directory.all(id, status, q);
  return new StreamableFile(Readable.from(csvLines(members)), {
    type: 'text/csv; charset=utf-8',
    disposition: `attachment; filename="${organizationLogin}-members.csv"`,
  });
}

/** The header goes out before the first look at the database, so that a failure later cuts the answer off. */
async function* csvLines(members: AsyncIterable<Member>): AsyncGenerator<string> {
  yield csvHeader();
  for await (const member of members) yield csvRow(presentMember(member));
}
