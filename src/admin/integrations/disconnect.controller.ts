import { Body, Controller, Get, Param, Post, Render, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import type { Identity } from '../../accounts/identity.js';
import { CurrentIdentity } from '../../accounts/identity.js';
import { saveSession } from '../../accounts/sessions/sessions.js';
import { IntegrationDisconnection } from '../../integrations/connecting/integration-disconnection.js';
import { IntegrationsService } from '../../integrations/connections/integrations.service.js';
import type { PublicError } from '../../platform/public-error.js';
import { Access } from '../../platform/web/access.decorator.js';
import { leaveNotice } from '../../platform/web/flash.js';
import { IdPipe } from '../../platform/web/id.pipe.js';
import { shownError } from '../../platform/web/shown-error.js';
import { checkDisconnect, typedDisconnect } from './disconnect-form.js';
import { DisconnectPage } from './disconnect-page.js';

const HOOK_LEFT = 'Remove its webhook on GitHub yourself, because Rollcall could not:';

const VIEW = 'integrations/disconnect';

/** Disconnects an organization after the user has confirmed by typing its name. */
@Access('admin')
@Controller('integrations/github/:id/disconnect')
export class DisconnectController {
  constructor(
    private readonly integrations: IntegrationsService,
    private readonly disconnection: IntegrationDisconnection,
    private readonly page: DisconnectPage,
  ) {}

  @Get()
  @Render(VIEW)
  async ask(@CurrentIdentity() { teamId }: Identity, @Param('id', IdPipe) id: number) {
    return this.page.view(await this.integrations.get(teamId, id));
  }

  @Post()
  async disconnect(
    @CurrentIdentity() { teamId }: Identity,
    @Param('id', IdPipe) id: number,
    @Body() form: unknown,
    @Req() request: Request,
    @Res() response: Response,
  ) {
    const integration = await this.integrations.get(teamId, id);
    const { organizationLogin: login } = integration;
    const typed = typedDisconnect(form);
    const { choice, faults } = checkDisconnect(typed, login);
    if (!choice) {
      const view = await this.page.view(integration, { typed, faults });
      return response.status(422).render(VIEW, view);
    }
    let leftHooks: PublicError[];
    try {
      leftHooks = await this.disconnection.disconnect(integration, choice);
    } catch (error) {
      const { status, ...told } = shownError(error);
      const view = await this.page.view(integration, { typed, ...told });
      return response.status(status).render(VIEW, view);
    }
    const what = choice.keepDirectory ? 'Its directory is kept.' : 'Its directory is deleted.';
    const left = leftHooks.map(({ message }) => ` ${HOOK_LEFT} ${message}`).join('');
    leaveNotice(request, `${login} is disconnected. ${what}${left}`);
    await saveSession(request);
    response.redirect(303, '/integrations');
  }
}
