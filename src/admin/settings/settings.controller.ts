import { Body, Controller, Get, Param, Post, Render, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import type { Identity } from '../../accounts/identity.js';
import { CurrentIdentity } from '../../accounts/identity.js';
import { saveSession } from '../../accounts/sessions/sessions.js';
import { IntegrationsService } from '../../integrations/connections/integrations.service.js';
import { IntegrationSchedules } from '../../integrations/schedules/integration-schedules.js';
import { Access } from '../../platform/web/access.decorator.js';
import { leaveNotice, takeNotice } from '../../platform/web/flash.js';
import { IdPipe } from '../../platform/web/id.pipe.js';
import { checkSettings, typedSettings } from './settings-form.js';
import { SettingsPage } from './settings-page.js';

const VIEW = 'settings/settings';

/** The settings of an integration: schedule, removal protection and retention. */
@Access('admin')
@Controller('integrations/github/:id/settings')
export class SettingsController {
  constructor(
    private readonly integrations: IntegrationsService,
    private readonly schedules: IntegrationSchedules,
    private readonly page: SettingsPage,
  ) {}

  @Get()
  @Render(VIEW)
  async show(
    @CurrentIdentity() { teamId }: Identity,
    @Param('id', IdPipe) id: number,
    @Req() request: Request,
  ) {
    const view = await this.page.view(await this.integrations.get(teamId, id));
    return { ...view, notice: takeNotice(request) };
  }

  @Post()
  async save(
    @CurrentIdentity() { teamId }: Identity,
    @Param('id', IdPipe) id: number,
    @Body() form: unknown,
    @Req() request: Request,
    @Res() response: Response,
  ) {
    const integration = await this.integrations.connected(teamId, id);
    const values = typedSettings(integration, form);
    const { settings, faults } = checkSettings(values);
    if (!settings) {
      const view = await this.page.view(integration, { refused: { values, faults } });
      return response.status(422).render(VIEW, view);
    }
    const { schedule, ...limits } = settings;
    await this.schedules.set(integration, schedule, new Date(), limits);
    leaveNotice(request, 'Settings saved.');
    await saveSession(request);
    response.redirect(303, `/integrations/github/${id}/settings`);
  }
}
