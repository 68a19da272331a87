import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOperation } from '@nestjs/swagger';
import { z } from 'zod';
import type { Identity } from '../../accounts/identity.js';
import { CurrentIdentity } from '../../accounts/identity.js';
import { IntegrationsService } from '../../integrations/connections/integrations.service.js';
import {
  type ChangePosition,
  PersonChanges,
  presentPersonChange,
} from '../../members/changes/person-changes.js';
import { memberNotFound } from '../../members/directory/member-status.service.js';
import { GithubTeamPlaces } from '../../members/github-teams/github-team-places.js';
import { presentPlace } from '../../members/github-teams/present-github-team.js';
import { ApiProblem } from '../../platform/web/api-problem.js';
import { IdPipe } from '../../platform/web/id.pipe.js';
import { ApiId, ApiV1 } from '../shared/api-docs.js';
import { ApiPage, ApiShown } from '../shared/api-reads.js';
import { readCursor, writeCursor } from '../shared/cursor.js';
import type { Page } from '../shared/page.js';
import { PageQuery } from '../shared/page.query.js';
import { presentMemberWithId } from './member.response.js';
import { PersonResponse } from './person.response.js';
import { PersonChangeResponse } from './person-change.response.js';

const POSITION = z.tuple([z.iso.datetime(), z.int().positive()]);

/** Shows one member, and everything that changed of them. */
@ApiV1('Members')
@Controller('api/v1/members/:id')
export class MemberApiController {
  constructor(
    private readonly integrations: IntegrationsService,
    private readonly changes: PersonChanges,
    private readonly places: GithubTeamPlaces,
  ) {}

  @Get()
  @ApiId('id')
  @ApiOperation({ operationId: 'getMember', summary: 'Shows a member' })
  @ApiShown(PersonResponse, 'The member, with any status.')
  @ApiProblem(memberNotFound())
  async get(
    @CurrentIdentity() { teamId }: Identity,
    @Param('id', IdPipe) id: number,
  ): Promise<PersonResponse> {
    const member = await this.integrations.member(teamId, id);
    const places = await this.places.ofPerson(member);
    return { ...presentMemberWithId(member), githubTeams: places.map(presentPlace) };
  }

  @Get('changes')
  @ApiId('id')
  @ApiOperation({
    operationId: 'listMemberChanges',
    summary: 'Lists the changes of a member, newest first',
    description:
      'The changes that runs made, and those that an admin made by hand. Changes older than the retention are deleted.',
  })
  @ApiPage(PersonChangeResponse, 'A page of the changes.')
  @ApiProblem(memberNotFound())
  async list(
    @CurrentIdentity() { teamId }: Identity,
    @Param('id', IdPipe) id: number,
    @Query() { limit, cursor }: PageQuery,
  ): Promise<Page<PersonChangeResponse>> {
    const { integrationId, githubId } = await this.integrations.member(teamId, id);
    const page = { integrationId, githubId, limit: limit + 1, before: positionAt(cursor) };
    const found = await this.changes.page(page);
    const last = found.length > limit ? found[limit - 1] : undefined;
    return {
      items: found.slice(0, limit).map(presentPersonChange),
      nextCursor: last ? writeCursor([last.madeAt.toISOString(), last.id]) : null,
    };
  }
}

/** @throws PublicError `cursor_invalid` */
function positionAt(cursor: string | undefined): ChangePosition | undefined {
  const [madeAt, id] = readCursor(POSITION, cursor) ?? [];
  return madeAt === undefined || id === undefined ? undefined : { madeAt: new Date(madeAt), id };
}
