import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import {
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
} from '@nestjs/swagger';
import type { Identity } from '../../accounts/identity.js';
import { CurrentIdentity } from '../../accounts/identity.js';
import {
  channelNotFound,
  channelWithoutSecret,
  tooManyChannels,
} from '../../notifications/channels/channel-failures.js';
import { NotificationChannels } from '../../notifications/channels/notification-channels.service.js';
import { ApiProblem } from '../../platform/web/api-problem.js';
import { IdPipe } from '../../platform/web/id.pipe.js';
import { ApiChange, ApiId, ApiV1 } from '../shared/api-docs.js';
import { ApiPage } from '../shared/api-reads.js';
import { idOf, type Page, pageById } from '../shared/page.js';
import { PageQuery } from '../shared/page.query.js';
import { ChangeChannelRequest } from './change-channel.request.js';
import {
  ChannelResponse,
  ChannelWithSecretResponse,
  presentChannel,
  presentWithSecret,
} from './channel.response.js';
import { ApiChannelBody } from './channel-problems.js';
import { CreateChannelRequest } from './create-channel.request.js';

/** The channels to which the team is told what happens. */
@ApiV1('Notifications')
@Controller('api/v1/notification-channels')
export class ChannelsApiController {
  constructor(private readonly channels: NotificationChannels) {}

  @Get()
  @ApiOperation({
    operationId: 'listNotificationChannels',
    summary: 'Lists the notification channels of the team, by id',
  })
  @ApiPage(ChannelResponse, 'A page of the channels.')
  async list(
    @CurrentIdentity() { teamId }: Identity,
    @Query() { limit, cursor }: PageQuery,
  ): Promise<Page<ChannelResponse>> {
    const found = await this.channels.list(teamId, { limit: limit + 1, after: idOf(cursor) });
    return pageById(found, limit, presentChannel);
  }

  @Post()
  @ApiChange()
  @ApiOperation({
    operationId: 'createNotificationChannel',
    summary: 'Makes a notification channel',
    description:
      'The response has the secret of a webhook, and nothing shows it again. Messages have the form of Standard Webhooks.',
  })
  @ApiCreatedResponse({ type: ChannelWithSecretResponse, description: 'Made.' })
  @ApiProblem(tooManyChannels(), {
    description:
      'The team has its most channels (`too_many_channels`), or this server cannot send email (`email_not_set_up`).',
  })
  @ApiChannelBody()
  async create(
    @CurrentIdentity() { teamId }: Identity,
    @Body() { integrationIds = null, ...settings }: CreateChannelRequest,
  ): Promise<ChannelWithSecretResponse> {
    return presentWithSecret(await this.channels.create(teamId, { ...settings, integrationIds }));
  }

  @Patch(':id')
  @ApiChange()
  @ApiId('id')
  @ApiOperation({
    operationId: 'changeNotificationChannel',
    summary: 'Changes a notification channel, switches it on or off, or makes a new secret',
    description: 'What is left out stays as it is.',
  })
  @ApiOkResponse({ type: ChannelWithSecretResponse, description: 'The channel after the change.' })
  @ApiProblem(channelNotFound())
  @ApiProblem(channelWithoutSecret())
  @ApiChannelBody()
  async change(
    @CurrentIdentity() { teamId }: Identity,
    @Param('id', IdPipe) id: number,
    @Body() patch: ChangeChannelRequest,
  ): Promise<ChannelWithSecretResponse> {
    const channel = await this.channels.get(teamId, id);
    return presentWithSecret(await this.channels.change(channel, patch));
  }

  @Delete(':id')
  @ApiChange()
  @HttpCode(204)
  @ApiId('id')
  @ApiOperation({
    operationId: 'deleteNotificationChannel',
    summary: 'Deletes a notification channel with its deliveries',
  })
  @ApiNoContentResponse({ description: 'Deleted.' })
  @ApiProblem(channelNotFound())
  async remove(
    @CurrentIdentity() { teamId }: Identity,
    @Param('id', IdPipe) id: number,
  ): Promise<void> {
    await this.channels.remove(await this.channels.get(teamId, id));
  }
}
