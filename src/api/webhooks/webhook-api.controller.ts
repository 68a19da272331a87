import { Controller, Get, Param, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiOperation } from '@nestjs/swagger';
import type { Identity } from '../../accounts/identity.js';
import { CurrentIdentity } from '../../accounts/identity.js';
import { integrationDisconnected } from '../../integrations/connections/integration-disconnected.js';
import { IntegrationsService } from '../../integrations/connections/integrations.service.js';
import { OrganizationHooks } from '../../integrations/webhooks/organization-hook.js';
import { secretOfApp } from '../../integrations/webhooks/webhook-failures.js';
import { presentWebhook, WebhookStatus } from '../../integrations/webhooks/webhook-status.js';
import { ApiProblem } from '../../platform/web/api-problem.js';
import { IdPipe } from '../../platform/web/id.pipe.js';
import { ApiChange, ApiIntegrationId, ApiV1 } from '../shared/api-docs.js';
import { ApiShown } from '../shared/api-reads.js';
import { WebhookResponse, WebhookSecretResponse } from './webhook.response.js';

/** The webhook with which GitHub tells an integration about changes. */
@ApiV1('Webhooks')
@Controller('api/v1/integrations/:id/webhook')
export class WebhookApiController {
  constructor(
    private readonly integrations: IntegrationsService,
    private readonly hooks: OrganizationHooks,
    private readonly status: WebhookStatus,
  ) {}

  @Get()
  @ApiIntegrationId()
  @ApiOperation({
    operationId: 'getWebhook',
    summary: "Shows an integration's webhook, and what came to it",
    description: 'The first request makes the address.',
  })
  @ApiShown(WebhookResponse, 'The webhook.')
  @ApiProblem(integrationDisconnected())
  async show(
    @CurrentIdentity() { teamId }: Identity,
    @Param('id', IdPipe) id: number,
  ): Promise<WebhookResponse> {
    const integration = await this.integrations.connected(teamId, id);
    return presentWebhook(await this.status.of(integration));
  }

  @Post('secret')
  @ApiChange()
  @ApiIntegrationId()
  @ApiOperation({
    operationId: 'replaceWebhookSecret',
    summary: 'Makes a new secret for the webhook',
    description:
      'The response shows it, and nothing shows it again. The secret before is accepted for another hour. A webhook that ' +
      'Rollcall made at GitHub gets it; where GitHub refuses that, enter it there.',
  })
  @ApiCreatedResponse({ type: WebhookSecretResponse, description: 'The new secret.' })
  @ApiProblem(secretOfApp(), {
    description:
      'The secret is the GitHub App’s (`webhook_secret_of_app`), or the organization is disconnected (`integration_disconnected`).',
  })
  async replaceSecret(
    @CurrentIdentity() { teamId }: Identity,
    @Param('id', IdPipe) id: number,
  ): Promise<WebhookSecretResponse> {
    const integration = await this.integrations.connected(teamId, id);
    const { secret } = await this.hooks.replaceSecret(integration);
    return { secret };
  }
}
