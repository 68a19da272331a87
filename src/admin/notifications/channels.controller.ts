import { Body, Controller, Get, HttpCode, Post, Render, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import type { Identity } from '../../accounts/identity.js';
import { CurrentIdentity } from '../../accounts/identity.js';
import { NotificationChannels } from '../../notifications/channels/notification-channels.service.js';
import { Access } from '../../platform/web/access.decorator.js';
import { takeNotice } from '../../platform/web/flash.js';
import { faultsOf, typedChannel } from './channel-form.js';
import { ChannelsPage } from './channels-page.js';

const VIEW = 'notifications/notifications';

/** Lists the notification channels of a team, and makes one. */
@Access('admin')
@Controller('notifications')
export class ChannelsController {
  constructor(
    private readonly channels: NotificationChannels,
    private readonly page: ChannelsPage,
  ) {}

  @Get()
  @Render(VIEW)
  list(@CurrentIdentity() { teamId }: Identity, @Req() request: Request) {
    return this.page.view(teamId, { notice: takeNotice(request) });
  }

  /** The response shows the secret. It is shown only once. */
  @Post()
  @HttpCode(200)
  async create(
    @CurrentIdentity() { teamId }: Identity,
    @Body() form: unknown,
    @Res() response: Response,
  ) {
    const typed = typedChannel(form);
    try {
      const made = await this.channels.create(teamId, typed);
      response.render(VIEW, await this.page.view(teamId, { made }));
    } catch (error) {
      const faults = faultsOf(error);
      response.status(422).render(VIEW, await this.page.view(teamId, { typed, faults }));
    }
  }
}
