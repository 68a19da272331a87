import { Controller, Get, Header, Param, Query, Req, Res, StreamableFile } from '@nestjs/common';
import { ApiOperation } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import type { Identity } from '../../accounts/identity.js';
import { CurrentIdentity } from '../../accounts/identity.js';
import { IntegrationsService } from '../../integrations/connections/integrations.service.js';
import { keptMoment } from '../../integrations/connections/kept-moment.js';
import { streamedFile } from '../../integrations/exports/csv-file.js';
import { HeavyReads } from '../../integrations/exports/heavy-reads.js';
import { PeopleQuestions } from '../../integrations/parts/people-questions.js';
import type { OrganizationInvitation } from '../../members/invitations/organization-invitation.entity.js';
import { OrganizationInvitations } from '../../members/invitations/organization-invitations.js';
import {
  INVITATION_COLUMNS,
  invitationsCsv,
  presentInvitation,
} from '../../members/invitations/present-invitation.js';
import { csvLine } from '../../platform/csv.js';
import { ApiProblem } from '../../platform/web/api-problem.js';
import { IdPipe } from '../../platform/web/id.pipe.js';
import { ApiIntegrationId, ApiV1 } from '../shared/api-docs.js';
import { ApiPage } from '../shared/api-reads.js';
import { asCsv, notAcceptable, wantsCsv } from '../shared/csv-or-json.js';
import { idOf, type Page, pageById } from '../shared/page.js';
import { InvitationsQuery } from './invitations.query.js';
import { OrganizationInvitationResponse } from './organization-invitation.response.js';

const EXAMPLE = `${csvLine(INVITATION_COLUMNS)}1,mara-lindqvist,,member,pending,,olga-owner,2026-11-23T09:30:12.000Z,platform web\r\n`;

/** Shows the invitations to an organization. */
@ApiV1('Members')
@Controller('api/v1/integrations/:id/invitations')
export class InvitationsApiController {
  constructor(
    private readonly integrations: IntegrationsService,
    private readonly invitations: OrganizationInvitations,
    private readonly questions: PeopleQuestions,
    private readonly heavy: HeavyReads,
  ) {}

  @Get()
  @Header('Vary', 'Accept')
  @ApiIntegrationId()
  @ApiOperation({
    operationId: 'listInvitations',
    summary: 'Lists the invitations to the organization, the latest first',
    description:
      'An empty list can mean that the credential may not read them: `GET /integrations/{id}/parts` tells. ' +
      'With `Accept: text/csv`, the response is one CSV file with all that match, and `limit` and `cursor` are ignored. ' +
      'With `asOf`, those are listed that were pending, or had failed, at that time, as far as syncs saw them.',
  })
  @ApiPage(OrganizationInvitationResponse, 'A page of the invitations; as CSV, all of them.', {
    others: asCsv(EXAMPLE),
    wrong: ['as_of_invalid', 'as_of_in_future', 'as_of_too_early', 'part_not_visible'],
  })
  @ApiProblem(notAcceptable())
  async list(
    @CurrentIdentity() { teamId }: Identity,
    @Param('id', IdPipe) id: number,
    @Query() { state, limit, cursor, ...query }: InvitationsQuery,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<Page<OrganizationInvitationResponse> | StreamableFile> {
    const integration = await this.integrations.get(teamId, id);
    const asOf = keptMoment(integration, query.asOf);
    await this.questions.checkPast(integration, 'invitations', asOf);
    const chosen = { integrationId: id, state, asOf };
    if (wantsCsv(request)) {
      await this.heavy.turn(teamId, response);
      const name = `${integration.organizationLogin}-invitations`;
      const lines = invitationsCsv(this.invitations.all(chosen));
      return streamedFile(lines, { name, format: 'csv' });
    }
    const page = { ...chosen, limit: limit + 1, before: idOf(cursor) };
    const present = (one: OrganizationInvitation) => presentInvitation(one, asOf && state);
    return pageById(await this.invitations.page(page), limit, present);
  }
}
