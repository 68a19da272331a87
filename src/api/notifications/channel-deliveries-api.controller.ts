import { Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import type { Identity } from '../../accounts/identity.js';
import { CurrentIdentity } from '../../accounts/identity.js';
import { channelNotFound } from '../../notifications/channels/channel-failures.js';
import { ChannelTest } from '../../notifications/channels/channel-test.js';
import { NotificationChannels } from '../../notifications/channels/notification-channels.service.js';
import { ChannelDeliveries } from '../../notifications/delivery/channel-deliveries.service.js';
import { ApiProblem } from '../../platform/web/api-problem.js';
import { IdPipe } from '../../platform/web/id.pipe.js';
import { ApiChange, ApiId, ApiV1 } from '../shared/api-docs.js';
import { ApiPage } from '../shared/api-reads.js';
import { idOf, type Page, pageById } from '../shared/page.js';
import { PageQuery } from '../shared/page.query.js';
import {
  ChannelTestResponse,
  DeliveryResponse,
  presentDelivery,
  presentTest,
} from './delivery.response.js';

/** What was sent to a channel. */
@ApiV1('Notifications')
@Controller('api/v1/notification-channels/:id')
export class ChannelDeliveriesApiController {
  constructor(
    private readonly channels: NotificationChannels,
    private readonly deliveries: ChannelDeliveries,
    private readonly test: ChannelTest,
  ) {}

  @Post('test')
  @ApiChange()
  @HttpCode(200)
  @ApiId('id')
  @ApiOperation({
    operationId: 'testNotificationChannel',
    summary: 'Sends a message of type `channel.test`, and waits for the answer',
    description: 'Once, also to a channel that is off. It is not among the deliveries.',
  })
  @ApiOkResponse({ type: ChannelTestResponse, description: 'How it went.' })
  @ApiProblem(channelNotFound())
  async send(
    @CurrentIdentity() { teamId }: Identity,
    @Param('id', IdPipe) id: number,
  ): Promise<ChannelTestResponse> {
    return presentTest(await this.test.send(await this.channels.get(teamId, id)));
  }

  @Get('deliveries')
  @ApiId('id')
  @ApiOperation({
    operationId: 'listNotificationDeliveries',
    summary: 'Lists the deliveries to a channel, newest first',
    description: 'They are kept for 30 days.',
  })
  @ApiPage(DeliveryResponse, 'A page of the deliveries.')
  @ApiProblem(channelNotFound())
  async list(
    @CurrentIdentity() { teamId }: Identity,
    @Param('id', IdPipe) id: number,
    @Query() { limit, cursor }: PageQuery,
  ): Promise<Page<DeliveryResponse>> {
    const channel = await this.channels.get(teamId, id);
    const found = await this.deliveries.list(channel, limit + 1, idOf(cursor));
    return pageById(found, limit, presentDelivery);
  }
}
