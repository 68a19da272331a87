import { Controller, Param, Post, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import type { Identity } from '../../accounts/identity.js';
import { CurrentIdentity } from '../../accounts/identity.js';
import { saveSession } from '../../accounts/sessions/sessions.js';
import type { GithubIntegration } from '../../integrations/connections/github-integration.entity.js';
import { IntegrationsService } from '../../integrations/connections/integrations.service.js';
import { OrganizationHooks } from '../../integrations/webhooks/organization-hook.js';
import { Access } from '../../platform/web/access.decorator.js';
import { leaveNotice } from '../../platform/web/flash.js';
import { IdPipe } from '../../platform/web/id.pipe.js';
import { shownError } from '../../platform/web/shown-error.js';
import { SettingsPage } from './settings-page.js';

/** Makes and removes an integration's webhook at GitHub, on its settings page. */
@Access('admin')
@Controller('integrations/github/:id/settings/webhook/hook')
export class WebhookHookController {
  constructor(
    private readonly integrations: IntegrationsService,
    private readonly hooks: OrganizationHooks,
    private readonly page: SettingsPage,
  ) {}

  @Post()
  make(
    @CurrentIdentity() { teamId }: Identity,
    @Param('id', IdPipe) id: number,
    @Req() request: Request,
    @Res() response: Response,
  ) {
    const make = (integration: GithubIntegration) => this.hooks.make(integration);
    return this.change({ teamId, id, request, response }, make, 'The webhook is on GitHub.');
  }

  @Post('remove')
  remove(
    @CurrentIdentity() { teamId }: Identity,
    @Param('id', IdPipe) id: number,
    @Req() request: Request,
    @Res() response: Response,
  ) {
    const remove = (integration: GithubIntegration) => this.hooks.remove(integration);
    const done = 'The webhook is removed from GitHub.';
    return this.change({ teamId, id, request, response }, remove, done);
  }

  /** Shows GitHub's refusal in the section, where it was asked for. */
  private async change(
    { teamId, id, request, response }: Asked,
    change: (integration: GithubIntegration) => Promise<unknown>,
    done: string,
  ) {
    const integration = await this.integrations.connected(teamId, id);
    try {
      await change(integration);
    } catch (error) {
      const { status, error: hookError } = shownError(error);
      const view = await this.page.view(integration);
      return response.status(status).render('settings/settings', { ...view, hookError });
    }
    leaveNotice(request, done);
    await saveSession(request);
    response.redirect(303, `/integrations/github/${id}/settings#webhook`);
  }
}

interface Asked {
  teamId: number;
  id: number;
  request: Request;
  response: Response;
}
