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
import { IntegrationConnector } from '../../integrations/connecting/integration-connector.js';
import {
  IntegrationDisconnection,
  stillSyncing,
} from '../../integrations/connecting/integration-disconnection.js';
import { CredentialHealths } from '../../integrations/connections/credential-healths.js';
import type { GithubIntegration } from '../../integrations/connections/github-integration.entity.js';
import { IntegrationsService } from '../../integrations/connections/integrations.service.js';
import { presentIntegrationStatus } from '../../integrations/connections/present-integration.js';
import { ApiProblem } from '../../platform/web/api-problem.js';
import { IdPipe } from '../../platform/web/id.pipe.js';
import { validationFailed } from '../../platform/web/validation.js';
import { ApiChange, ApiIntegrationId, ApiV1, header } from '../shared/api-docs.js';
import { ApiPage, ApiShown } from '../shared/api-reads.js';
import { idOf, type Page, pageById } from '../shared/page.js';
import { PageQuery } from '../shared/page.query.js';
import { ConnectIntegrationRequest } from './connect-integration.request.js';
import { ApiConnectProblems } from './connect-problems.js';
import { DisconnectIntegrationQuery } from './disconnect-integration.query.js';
import { IntegrationResponse } from './integration.response.js';

/** A team's organizations on GitHub. */
@ApiV1('Integrations')
@Controller('api/v1/integrations')
export class IntegrationsApiController {
  constructor(
    private readonly integrations: IntegrationsService,
    private readonly connector: IntegrationConnector,
    private readonly disconnection: IntegrationDisconnection,
    private readonly healths: CredentialHealths,
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
    const { items, nextCursor } = pageById(found, limit, (one) => this.present(one));
    return { items: await Promise.all(items), nextCursor };
  }

  @Post()
  @ApiChange()
  @ApiOperation({
    operationId: 'connectIntegration',
    summary: 'Connects an organization',
    description:
      'Checks with GitHub that the token can read the members. It starts no member sync. Connecting the same organization ' +
      'again (at the same API address) replaces the credential and keeps the rest. A disconnected organization continues ' +
      'with its directory and its history.',
  })
  @ApiCreatedResponse({
    type: IntegrationResponse,
    description: 'Connected.',
    headers: {
      Location: header("The integration's URL."),
    },
  })
  @ApiOkResponse({
    type: IntegrationResponse,
    description:
      'The organization was connected before: its credential has been replaced, and its directory is kept.',
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
    return this.present(integration);
  }

  @Get(':id')
  @ApiIntegrationId()
  @ApiOperation({
    operationId: 'getIntegration',
    summary: 'Shows an integration and its member sync status',
  })
  @ApiShown(IntegrationResponse, 'The integration.')
  async get(
    @CurrentIdentity() { teamId }: Identity,
    @Param('id', IdPipe) id: number,
  ): Promise<IntegrationResponse> {
    return this.present(await this.integrations.get(teamId, id));
  }

  @Delete(':id')
  @ApiChange()
  @HttpCode(HttpStatus.NO_CONTENT)
  @ApiIntegrationId()
  @ApiOperation({
    operationId: 'disconnectIntegration',
    summary: 'Disconnects an organization',
    description:
      'Permanently deletes its credential, directory, runs and changes. `keepDirectory=true` deletes only its credential ' +
      'and its schedule. Rejected while a member sync is unfinished.',
  })
  @ApiNoContentResponse({ description: 'Disconnected.' })
  @ApiProblem(stillSyncing())
  @ApiProblem(
    validationFailed([
      {
        field: 'keepDirectory',
        problem: 'keepDirectory must be one of the following values: true, false',
      },
    ]),
  )
  async remove(
    @CurrentIdentity() { teamId }: Identity,
    @Param('id', IdPipe) id: number,
    @Query() { keepDirectory }: DisconnectIntegrationQuery,
  ): Promise<void> {
    const integration = await this.integrations.get(teamId, id);
    await this.disconnection.disconnect(integration, { keepDirectory: keepDirectory === 'true' });
  }

  private async present(integration: GithubIntegration): Promise<IntegrationResponse> {
    return presentIntegrationStatus(integration, await this.healths.of(integration));
  }
}
