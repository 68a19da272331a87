import { Controller, HttpCode, Param, Post, Render } from '@nestjs/common';
import type { Identity } from '../../accounts/identity.js';
import { CurrentIdentity } from '../../accounts/identity.js';
import { IntegrationsService } from '../../integrations/connections/integrations.service.js';
import { OrganizationHooks } from '../../integrations/webhooks/organization-hook.js';
import { Access } from '../../platform/web/access.decorator.js';
import { IdPipe } from '../../platform/web/id.pipe.js';
import { SettingsPage } from './settings-page.js';

/** The webhook of an integration, on its settings page. */
@Access('admin')
@Controller('integrations/github/:id/settings/webhook')
export class WebhookSettingsController {
  constructor(
    private readonly integrations: IntegrationsService,
    private readonly hooks: OrganizationHooks,
    private readonly page: SettingsPage,
  ) {}

  /** The response shows the new secret. It is stored encrypted, and shown only once. */
  @Post('secret')
  @HttpCode(200)
  @Render('settings/settings')
  async replaceSecret(@CurrentIdentity() { teamId }: Identity, @Param('id', IdPipe) id: number) {
    const integration = await this.integrations.connected(teamId, id);
    const { secret, failure: hookError } = await this.hooks.replaceSecret(integration);
    return { ...(await this.page.view(integration, { secret })), hookError };
  }
}
