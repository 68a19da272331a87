import {
  Body,
  Controller,
  Get,
  Header,
  Param,
  Put,
  Query,
  Req,
  Res,
  StreamableFile,
} from '@nestjs/common';
import { ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { z } from 'zod';
import type { Identity } from '../../accounts/identity.js';
import { CurrentIdentity } from '../../accounts/identity.js';
import { streamedFile } from '../../integrations/exports/csv-file.js';
import { HeavyReads } from '../../integrations/exports/heavy-reads.js';
import { csvLine } from '../../platform/csv.js';
import { ApiProblem } from '../../platform/web/api-problem.js';
import { IdPipe } from '../../platform/web/id.pipe.js';
import { ManualMatches } from '../../reviews/matching/manual-matches.js';
import { listPersonNotFound, matchTaken } from '../../reviews/matching/match-problems.js';
import { MatchesService } from '../../reviews/matching/matches.service.js';
import { MATCH_COLUMNS, matchesCsv } from '../../reviews/matching/matches-csv.js';
import { ApiChange, ApiId, ApiV1, ApiWrongBody } from '../shared/api-docs.js';
import { ApiShown } from '../shared/api-reads.js';
import { asCsv, notAcceptable, wantsCsv } from '../shared/csv-or-json.js';
import { cursorInvalid, readCursor, writeCursor } from '../shared/cursor.js';
import { ChooseMatchRequest } from './choose-match.request.js';
import { MatchesResponse, MatchResponse } from './match.response.js';
import { MatchesQuery } from './matches.query.js';

const position = z.tuple([z.string().max(254), z.int().positive()]);

/** Shows who of the people list is who on GitHub, and keeps what is chosen by hand. */
@ApiV1('People list')
@Controller('api/v1/people-list/matches')
export class MatchesApiController {
  constructor(
    private readonly matches: MatchesService,
    private readonly choices: ManualMatches,
    private readonly heavy: HeavyReads,
  ) {}

  @Get()
  @Header('Vary', 'Accept')
  @ApiOperation({
    operationId: 'listMatches',
    summary: 'Lists who of the people list is who on GitHub, by email address and login',
    description:
      'People are found by a choice by hand, the login, the SAML NameID or the SCIM user name, an address in a verified domain, or the public address, in this order. Without a people list, the list is empty. ' +
      'With `Accept: text/csv`, the response is one file with all that match, and `limit` and `cursor` are ignored.',
  })
  @ApiShown(
    MatchesResponse,
    'A page of the matches; as CSV, all of them.',
    asCsv(csvLine(MATCH_COLUMNS)),
  )
  @ApiProblem(notAcceptable())
  @ApiProblem(cursorInvalid(), {
    description: 'A value of the query is wrong: `validation_failed`, `cursor_invalid`.',
  })
  async list(
    @CurrentIdentity() { teamId, teamSlug }: Identity,
    @Query() { limit, cursor, category, search }: MatchesQuery,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<MatchesResponse | StreamableFile> {
    const filter = { teamId, category, search };
    if (wantsCsv(request)) {
      const all = this.matches.all(filter, await this.heavy.turn(teamId, response));
      return streamedFile(matchesCsv(all), { name: `${teamSlug}-people-list`, format: 'csv' });
    }
    const [sortKey = '', id = 0] = readCursor(position, cursor) ?? [];
    const after = id ? { sortKey, id } : undefined;
    const { matches, next } = await this.matches.page({ ...filter, limit, after });
    return {
      items: matches,
      nextCursor: next ? writeCursor([next.sortKey, next.id]) : null,
      counts: await this.matches.counts(teamId),
    };
  }

  @Put(':personId')
  @ApiChange()
  @ApiId('personId')
  @ApiOperation({
    operationId: 'chooseMatch',
    summary: 'Says by hand who somebody of the people list is on GitHub',
    description:
      'The choice holds in all later lists, as long as the person is on GitHub. It comes before every other sign.',
  })
  @ApiOkResponse({ type: MatchResponse, description: 'The person after the change.' })
  @ApiProblem(listPersonNotFound(), {
    description:
      'The people list has no such person (`list_person_not_found`), or the directories have no such member (`member_not_found`).',
  })
  @ApiProblem(matchTaken('ada-l', 'ada@example.com'), {
    description:
      'The member was chosen for another person of the list (`match_taken`), or is no longer on GitHub (`member_not_on_github`).',
  })
  @ApiWrongBody('memberId must be the id of a member, or null', 'memberId')
  async choose(
    @CurrentIdentity() { teamId }: Identity,
    @Param('personId', IdPipe) personId: number,
    @Body() { memberId }: ChooseMatchRequest,
  ): Promise<MatchResponse> {
    await this.choices.choose(teamId, personId, memberId);
    return this.matches.ofPerson(teamId, personId);
  }
}
