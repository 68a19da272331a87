import {
  Body,
  Controller,
  Delete,
  Get,
  HttpCode,
  HttpStatus,
  Param,
  Post,
  Query,
  Res,
} from '@nestjs/common';
import {
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
} from '@nestjs/swagger';
import type { Response } from 'express';
import type { Identity } from '../../accounts/identity.js';
import { CurrentIdentity } from '../../accounts/identity.js';
import { ApiProblem } from '../../platform/web/api-problem.js';
import { IdPipe } from '../../platform/web/id.pipe.js';
import { IntegrationConnector } from '../integration-connector.service.js';
import { IntegrationsService } from '../integrations.service.js';
import { presentIntegrationStatus } from '../present-integration.js';
import { ApiChange, ApiIntegrationId, ApiV1, header } from './api-docs.js';
import { ApiPage, ApiShown } from './api-reads.js';
import { ConnectIntegrationRequest } from './connect-integration.request.js';
import { ApiConnectProblems } from './connect-problems.js';
import { IntegrationResponse } from './integration.response.js';
import { idOf, type Page, pageById } from './page.js';
import { PageQuery } from './page.query.js';

/** A team's organizations on GitHub. */
@ApiV1('Integrations')
@Controller('api/v1/integrations')
export class IntegrationsApiController {
  constructor(
    private readonly integrations: IntegrationsService,
    private readonly connector: IntegrationConnector,
  ) {}

  @Get()
  @ApiOperation({
    operationId: 'listIntegrations',
    summary: 'Lists the integrations, oldest first',
  })
  @ApiPage(IntegrationResponse, 'A page of the integrations.')
  async list(
    @CurrentIdentity() { teamId }: Identity,
    @Query() { limit, cursor }: PageQuery,
  ): Promise<Page<IntegrationResponse>> {
    const found = await this.integrations.page(teamId, { limit: limit + 1, after: idOf(cursor) });
    return pageById(found, limit, presentIntegrationStatus);
  }

  @Post()
  @ApiChange()
  @ApiOperation({
    operationId: 'connectIntegration',
    summary: 'Connects an organization',
    description:
      'Asks GitHub whether the token may see the members, and asks for no member sync. Connecting the same organization ' +
      'again (at the same API address) replaces the credential and keeps the rest.',
  })
  @ApiCreatedResponse({
    type: IntegrationResponse,
    description: 'Connected.',
    headers: {
      Location: header("The integration's address."),
    },
  })
  @ApiOkResponse({
    type: IntegrationResponse,
    description: 'The organization was connected before; its credential has been replaced.',
  })
  @ApiConnectProblems()
  async connect(
    @CurrentIdentity() { teamId }: Identity,
    @Body() request: ConnectIntegrationRequest,
    @Res({ passthrough: true }) response: Response,
  ): Promise<IntegrationResponse> {
    const { integration, replaced } = await this.connector.connect({ teamId, ...request });
    if (replaced) response.status(HttpStatus.OK);
    else response.location(`/api/v1/integrations/${integration.id}`);
    return presentIntegrationStatus(integration);
  }

  @Get(':id')
  @ApiIntegrationId()
  @ApiOperation({
    operationId: 'getIntegration',
    summary: 'Shows an integration, with where its member sync stands',
  })
  @ApiShown(IntegrationResponse, 'The integration.')
  async get(
    @CurrentIdentity() { teamId }: Identity,
    @Param('id', IdPipe) id: number,
  ): Promise<IntegrationResponse> {
    return presentIntegrationStatus(await this.integrations.get(teamId, id));
  }

  @Delete(':id')
  @ApiChange()
  @HttpCode(HttpStatus.NO_CONTENT)
  @ApiIntegrationId()
  @ApiOperation({
    operationId: 'disconnectIntegration',
    summary: 'Disconnects an organization',
    description:
      'Deletes its directory, its runs and its credential, for ever. Refused while a member sync is unfinished.',
  })
  @ApiNoContentResponse({ description: 'Disconnected.' })
  @ApiProblem({
    status: 409,
    code: 'member_sync_unfinished',
    detail: 'The organization cannot be disconnected while its members are being synced.',
    remedy: 'Wait until the run is finished, then try again.',
  })
  async remove(
    @CurrentIdentity() { teamId }: Identity,
    @Param('id', IdPipe) id: number,
  ): Promise<void> {
    await this.integrations.remove(await this.integrations.get(teamId, id));
  }
}
