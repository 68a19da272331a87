import { Body, Controller, Get, Param, Post, Render, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import type { Identity } from '../accounts/identity.js';
import { AdminOnly, CurrentIdentity } from '../accounts/identity.js';
import { saveSession } from '../accounts/sessions.js';
import { IntegrationsService } from '../integrations/integrations.service.js';
import { leaveNotice } from '../onboarding/notice.js';
import { IdPipe } from '../platform/web/id.pipe.js';
import { presentOrganization } from './integrations-page.service.js';
import { checkSettings, typedSettings } from './settings-form.js';

const VIEW = 'integrations/settings';

/** An integration's settings: from how many removals on an admin is asked. */
@AdminOnly()
@ApiExcludeController()
@Controller('integrations/github/:id/settings')
export class SettingsController {
  constructor(private readonly integrations: IntegrationsService) {}

  @Get()
  @Render(VIEW)
  async show(@CurrentIdentity() { teamId }: Identity, @Param('id', IdPipe) id: number) {
    const integration = await this.integrations.get(teamId, id);
    const { holdAbovePercent, holdAbovePeople } = integration;
    const organization = presentOrganization(integration);
    return { title: TITLE, organization, values: { holdAbovePercent, holdAbovePeople } };
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
      const organization = presentOrganization(integration);
      return response.status(422).render(VIEW, { title: TITLE, organization, values, faults });
    }
    await this.integrations.setSafeguards(integration, settings);
    leaveNotice(request, 'The settings are saved. They hold from the next sync on.');
    await saveSession(request);
    response.redirect(303, `/integrations/github/${id}/members`);
  }
}

const TITLE = 'Settings';
