import { Controller, HttpCode, Param, Post, Redirect, Render, Req } from '@nestjs/common';
import type { Request } from 'express';
import type { Identity } from '../../accounts/identity.js';
import { CurrentIdentity } from '../../accounts/identity.js';
import { saveSession } from '../../accounts/sessions/sessions.js';
import { ChannelTest } from '../../notifications/channels/channel-test.js';
import { NotificationChannels } from '../../notifications/channels/notification-channels.service.js';
import { ChannelDeliveries } from '../../notifications/delivery/channel-deliveries.service.js';
import { Access } from '../../platform/web/access.decorator.js';
import { leaveNotice } from '../../platform/web/flash.js';
import { IdPipe } from '../../platform/web/id.pipe.js';
import { ChannelPage } from './channel-page.js';

/** Sends a test to a channel, and sends a message again. */
@Access('admin')
@Controller('notifications/:id')
export class ChannelDeliveriesController {
  constructor(
    private readonly channels: NotificationChannels,
    private readonly deliveries: ChannelDeliveries,
    private readonly test: ChannelTest,
    private readonly page: ChannelPage,
  ) {}

  /** Waits for the answer of the receiver. */
  @Post('test')
  @HttpCode(200)
  @Render('notifications/channel')
  async send(@CurrentIdentity() { teamId }: Identity, @Param('id', IdPipe) id: number) {
    const channel = await this.channels.get(teamId, id);
    return this.page.view(channel, { test: await this.test.send(channel) });
  }

  @Post('deliveries/:deliveryId/redeliver')
  @Redirect(undefined, 303)
  async redeliver(
    @CurrentIdentity() { teamId }: Identity,
    @Param('id', IdPipe) id: number,
    @Param('deliveryId', IdPipe) deliveryId: number,
    @Req() request: Request,
  ) {
    const { message } = await this.deliveries.redeliver(teamId, deliveryId);
    leaveNotice(request, `The message ${message.type} is sent again.`);
    await saveSession(request);
    return { url: `/notifications/${id}#deliveries` };
  }
}
