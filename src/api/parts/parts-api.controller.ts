import { Controller, Get, Param } from '@nestjs/common';
import { ApiOperation } from '@nestjs/swagger';
import type { Identity } from '../../accounts/identity.js';
import { CurrentIdentity } from '../../accounts/identity.js';
import { IntegrationsService } from '../../integrations/connections/integrations.service.js';
import { IntegrationParts, presentPart } from '../../integrations/parts/integration-parts.js';
import { IdPipe } from '../../platform/web/id.pipe.js';
import { ApiIntegrationId, ApiV1 } from '../shared/api-docs.js';
import { ApiList } from '../shared/api-reads.js';
import type { Page } from '../shared/page.js';
import { PartResponse } from './part.response.js';

/** Shows how far the parts of an integration are known. */
@ApiV1('Integrations')
@Controller('api/v1/integrations/:id/parts')
export class PartsApiController {
  constructor(
    private readonly integrations: IntegrationsService,
    private readonly parts: IntegrationParts,
  ) {}

  @Get()
  @ApiIntegrationId()
  @ApiOperation({
    operationId: 'listParts',
    summary: 'Lists the parts of an integration, and how far each is known',
    description: 'All parts are on one page.',
  })
  @ApiList(PartResponse, 'The parts, in the order in which a sync reads them.')
  async list(
    @CurrentIdentity() { teamId }: Identity,
    @Param('id', IdPipe) id: number,
  ): Promise<Page<PartResponse>> {
    await this.integrations.get(teamId, id);
    return { items: (await this.parts.of(id)).map(presentPart), nextCursor: null };
  }
}
