import { Controller, Get, Header, Param, Query, Req, Res, StreamableFile } from '@nestjs/common';
import { ApiOperation } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import type { Identity } from '../../accounts/identity.js';
import { CurrentIdentity } from '../../accounts/identity.js';
import { Directories, type Directory } from '../../integrations/connections/directories.js';
import type { GithubIntegration } from '../../integrations/connections/github-integration.entity.js';
import {
  IntegrationsService,
  integrationNotFound,
} from '../../integrations/connections/integrations.service.js';
import { TeamGithubTeams } from '../../integrations/connections/team-github-teams.js';
import { csvFile } from '../../integrations/exports/csv-file.js';
import { HeavyReads } from '../../integrations/exports/heavy-reads.js';
import { PeopleQuestions } from '../../integrations/parts/people-questions.js';
import { IDENTITY, TWO_FACTOR } from '../../members/listing/filter-words.js';
import { daysAgo, type MemberFilter } from '../../members/listing/member-query.js';
import { csvHeader, csvLines } from '../../members/listing/members-csv.js';
import { parseAsOf } from '../../members/past/as-of.js';
import { PublicError } from '../../platform/public-error.js';
import { ApiProblem } from '../../platform/web/api-problem.js';
import { IdPipe } from '../../platform/web/id.pipe.js';
import { ApiId, ApiV1 } from '../shared/api-docs.js';
import { ApiPage } from '../shared/api-reads.js';
import { asCsv, notAcceptable, wantsCsv } from '../shared/csv-or-json.js';
import { cursorAt, type Page, placeAt } from '../shared/page.js';
import { MemberResponse, presentMemberWithId } from './member.response.js';
import { MembersQuery } from './members.query.js';

const CSV_EXAMPLE = `${csvHeader()}4120733,mara-lindqvist,Mara Lindqvist,mara@example.com,admin,active,https://avatars.githubusercontent.com/u/4120733?v=4,true,2026-11-23T09:30:12.480Z,,,false,member,mara@corp.example,mara@corp.example,mara@corp.example\r\n`;

/** Shows directories, as JSON or as CSV. */
@ApiV1('Members')
@Controller('api/v1/integrations/:id/members')
export class MembersApiController {
  constructor(
    private readonly integrations: IntegrationsService,
    private readonly directories: Directories,
    private readonly questions: PeopleQuestions,
    private readonly githubTeams: TeamGithubTeams,
    private readonly heavy: HeavyReads,
  ) {}

  @Get()
  @Header('Vary', 'Accept')
  @ApiId('id')
  @ApiProblem(integrationNotFound(), {
    description:
      '`integration_not_found`; `github_team_not_found` for the `githubTeam` of the query.',
  })
  @ApiOperation({
    operationId: 'listMembers',
    summary: 'Lists the members, sorted and filtered',
    description:
      'With `Accept: text/csv`, the response is one CSV file with all matching members (RFC 4180, UTF-8 without a byte order mark). It is ' +
      'streamed, so it has no `ETag`, and `limit` and `cursor` are ignored. If a spreadsheet could read a text as a ' +
      "formula, at the start of a cell or after `,` `;` `|`, a tab or a line break, an apostrophe (') is added before it. " +
      'Control characters and characters that reorder text are written as `<U+202E>`. JSON has them unchanged. ' +
      'With `asOf`, people have the login, name, role and status of that time. A time before ' +
      'the oldest stored change is rejected (`as_of_too_early`), as is one before the teams, identities or outside collaborators ' +
      'that the query asks for were first read, and so is the future (`as_of_in_future`).',
  })
  @ApiPage(MemberResponse, 'A page of the members; as CSV, all of them.', {
    others: asCsv(CSV_EXAMPLE),
    wrong: [
      ...['as_of_invalid', 'as_of_in_future', 'as_of_too_early', 'since_unknown'],
      'part_not_visible',
    ],
  })
  @ApiProblem(notAcceptable())
  async list(
    @CurrentIdentity() { teamId }: Identity,
    @Param('id', IdPipe) id: number,
    @Query() query: MembersQuery,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<Page<MemberResponse> | StreamableFile> {
    const integration = await this.integrations.get(teamId, id);
    const isCsv = wantsCsv(request);
    const moment = momentOf(query);
    await this.questions.check(integration, query, moment);
    const isHeavy = moment || isCsv;
    const signal = isHeavy ? await this.heavy.turn(teamId, response) : undefined;
    const directory = await this.directories.asOf(integration, moment, signal);
    const githubTeams = await this.peopleOf(teamId, id, query, moment);
    const asked = { ...chosen(query), githubTeams };
    return isCsv
      ? csv(directory, integration, asked, query)
      : page(directory, integration.id, asked, query);
  }

  /** @throws PublicError `github_team_not_found` */
  private async peopleOf(
    teamId: number,
    id: number,
    { githubTeam, includeChildTeams }: MembersQuery,
    moment: Date | undefined,
  ): Promise<MemberFilter['githubTeams']> {
    if (githubTeam === undefined) return undefined;
    const found = await this.githubTeams.in(teamId, id, githubTeam);
    const then = moment ? await this.githubTeams.asOf(found, moment) : found;
    return this.githubTeams.peopleOf(then, includeChildTeams === 'true');
  }
}

/** @throws PublicError `as_of_invalid`, `as_of_in_future` */
const momentOf = ({ asOf }: MembersQuery): Date | undefined =>
  asOf === undefined ? undefined : parseAsOf(asOf);

async function page(
  directory: Directory,
  integrationId: number,
  asked: MemberFilter,
  { limit, cursor, sort }: MembersQuery,
): Promise<Page<MemberResponse>> {
  const { members, next } = await directory.page({
    ...asked,
    integrationId,
    limit,
    after: placeAt(cursor, sort),
  });
  return {
    items: members.map(presentMemberWithId),
    nextCursor: next ? cursorAt(next, sort) : null,
  };
}

function csv(
  directory: Directory,
  { id: integrationId, organizationLogin }: GithubIntegration,
  asked: MemberFilter,
  { asOf }: MembersQuery,
): StreamableFile {
  const members = directory.all({ ...asked, integrationId });
  return csvFile(csvLines(members), organizationLogin, asOf);
}

/** @throws PublicError `since_unknown` for a filter or order that only the present directory has */
function chosen({ status, q, role, twoFactor, within, sort, asOf, ...more }: MembersQuery) {
  const needsPresent = within || sort.endsWith('since');
  if (asOf !== undefined && needsPresent) throw sinceUnknown();
  return {
    statuses: status,
    affiliation: more.affiliation,
    search: q,
    role,
    twoFactor: twoFactor && TWO_FACTOR[twoFactor],
    identity: more.identity && IDENTITY[more.identity],
    suspended: more.suspended && more.suspended === 'true',
    type: more.type,
    since: within && daysAgo(within),
    sort,
  };
}

const sinceUnknown = () =>
  new PublicError(
    422,
    'since_unknown',
    '`within` and `sort=since` need the current directory.',
    'Remove `asOf`, or remove `within` and `sort=since`.',
  );
