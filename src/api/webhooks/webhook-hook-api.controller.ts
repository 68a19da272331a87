import { Controller, Delete, HttpCode, HttpStatus, Param, Post, Res } from '@nestjs/common';
import {
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
} from '@nestjs/swagger';
import type { Response } from 'express';
import type { Identity } from '../../accounts/identity.js';
import { CurrentIdentity } from '../../accounts/identity.js';
import { IntegrationsService } from '../../integrations/connections/integrations.service.js';
import { OrganizationHooks } from '../../integrations/webhooks/organization-hook.js';
import { presentWebhook, WebhookStatus } from '../../integrations/webhooks/webhook-status.js';
import { IdPipe } from '../../platform/web/id.pipe.js';
import { ApiChange, ApiIntegrationId, ApiV1 } from '../shared/api-docs.js';
import { WebhookResponse } from './webhook.response.js';
import { ApiHookProblems } from './webhook-hook-problems.js';

/** The webhook as it is at GitHub. */
@ApiV1('Webhooks')
@Controller('api/v1/integrations/:id/webhook/hook')
export class WebhookHookApiController {
  constructor(
    private readonly integrations: IntegrationsService,
    private readonly hooks: OrganizationHooks,
    private readonly status: WebhookStatus,
  ) {}

  @Post()
  @ApiChange()
  @ApiIntegrationId()
  @ApiOperation({
    operationId: 'makeGithubWebhook',
    summary: "Makes the webhook in the organization's settings at GitHub",
    description:
      'With the address, the secret and the events that Rollcall needs. The credential needs `admin:org_hook` or ' +
      '"Webhooks: write".',
  })
  @ApiCreatedResponse({ type: WebhookResponse, description: 'Made.' })
  @ApiOkResponse({
    type: WebhookResponse,
    description: 'GitHub has a webhook with this address already: it was set right.',
  })
  @ApiHookProblems()
  async make(
    @CurrentIdentity() { teamId }: Identity,
    @Param('id', IdPipe) id: number,
    @Res({ passthrough: true }) response: Response,
  ): Promise<WebhookResponse> {
    const integration = await this.integrations.connected(teamId, id);
    if (!(await this.hooks.make(integration))) response.status(HttpStatus.OK);
    return presentWebhook(await this.status.of(integration));
  }

  @Delete()
  @ApiChange()
  @HttpCode(HttpStatus.NO_CONTENT)
  @ApiIntegrationId()
  @ApiOperation({
    operationId: 'removeGithubWebhook',
    summary: "Removes the webhook from the organization's settings at GitHub",
    description: 'Also one that somebody made by hand with this address. The address stays.',
  })
  @ApiNoContentResponse({ description: 'It is not there, or not any more.' })
  @ApiHookProblems()
  async remove(
    @CurrentIdentity() { teamId }: Identity,
    @Param('id', IdPipe) id: number,
  ): Promise<void> {
    await this.hooks.remove(await this.integrations.connected(teamId, id));
  }
}
