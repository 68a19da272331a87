import { Body, Controller, Param, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import type { Identity } from '../accounts/identity.js';
import { AdminOnly, CurrentIdentity } from '../accounts/identity.js';
import { saveSession } from '../accounts/sessions.js';
import { IntegrationsService } from '../integrations/integrations.service.js';
import { IntegrationSchedules } from '../integrations/schedules/integration-schedules.service.js';
import { leaveNotice } from '../onboarding/notice.js';
import { IdPipe } from '../platform/web/id.pipe.js';
import { checkSchedule, typedSchedule } from './schedule-form.js';
import { SettingsPage } from './settings-page.service.js';

/** Says when an integration is synced without anybody asking. */
@AdminOnly()
@ApiExcludeController()
@Controller('integrations/github/:id/schedule')
export class ScheduleController {
  constructor(
    private readonly integrations: IntegrationsService,
    private readonly schedules: IntegrationSchedules,
    private readonly page: SettingsPage,
  ) {}

  @Post()
  async save(
    @CurrentIdentity() { teamId }: Identity,
    @Param('id', IdPipe) id: number,
    @Body() form: unknown,
    @Req() request: Request,
    @Res() response: Response,
  ) {
    const integration = await this.integrations.get(teamId, id);
    const typed = typedSchedule(form);
    const { schedule, faults } = checkSchedule(typed);
    if (!schedule) {
      const refused = { schedule: typed, scheduleFaults: faults };
      const view = await this.page.view(integration, refused);
      return response.status(422).render('integrations/settings', view);
    }
    await this.schedules.set(integration, schedule);
    leaveNotice(request, schedule.kind === 'off' ? 'Nothing is synced by itself any more.' : SAVED);
    await saveSession(request);
    response.redirect(303, `/integrations/github/${id}/members`);
  }
}

const SAVED = 'The schedule is saved.';
