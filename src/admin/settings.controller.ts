import { Body, Controller, Get, Param, Post, Render, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import type { Identity } from '../accounts/identity.js';
import { AdminOnly, CurrentIdentity } from '../accounts/identity.js';
import { saveSession } from '../accounts/sessions.js';
import { IntegrationsService } from '../integrations/integrations.service.js';
import { leaveNotice } from '../onboarding/notice.js';
import { IdPipe } from '../platform/web/id.pipe.js';
import { checkSettings, typedSettings } from './settings-form.js';
import { SettingsPage } from './settings-page.service.js';

const VIEW = 'integrations/settings';

/** An integration's settings; saves from how many removals on an admin is asked. */
@AdminOnly()
@ApiExcludeController()
@Controller('integrations/github/:id/settings')
export class SettingsController {
  constructor(
    private readonly integrations: IntegrationsService,
    private readonly page: SettingsPage,
  ) {}

  @Get()
  @Render(VIEW)
  async show(@CurrentIdentity() { teamId }: Identity, @Param('id', IdPipe) id: number) {
    return this.page.view(await this.integrations.get(teamId, id));
  }

  @Post()
  async save(
    @CurrentIdentity() { teamId }: Identity,
    @Param('id', IdPipe) id: number,
    @Body() form: unknown,
    @Req() request: Request,
    @Res() response: Response,
  ) {
    const integration = await this.integrations.get(teamId, id);
    const values = typedSettings(form);
    const { settings, faults } = checkSettings(values);
    if (!settings) {
      const view = await this.page.view(integration, { values, faults });
      return response.status(422).render(VIEW, view);
    }
    await this.integrations.setSafeguards(integration, settings);
    leaveNotice(request, 'The settings are saved. They hold from the next sync on.');
    await saveSession(request);
    response.redirect(303, `/integrations/github/${id}/members`);
  }
}
