import {
  Body,
  Controller,
  Get,
  HttpCode,
  Param,
  Post,
  Query,
  Redirect,
  Render,
  Req,
  Res,
} from '@nestjs/common';
import type { Request, Response } from 'express';
import type { Identity } from '../../accounts/identity.js';
import { CurrentIdentity } from '../../accounts/identity.js';
import { saveSession } from '../../accounts/sessions/sessions.js';
import { NotificationChannels } from '../../notifications/channels/notification-channels.service.js';
import { Access } from '../../platform/web/access.decorator.js';
import { leaveNotice, takeNotice } from '../../platform/web/flash.js';
import { formText } from '../../platform/web/form-text.js';
import { IdPipe } from '../../platform/web/id.pipe.js';
import { faultsOf, typedChannel } from './channel-form.js';
import { ChannelPage } from './channel-page.js';

const VIEW = 'notifications/channel';

/** Shows one notification channel with its deliveries, changes it and deletes it. */
@Access('admin')
@Controller('notifications/:id')
export class ChannelController {
  constructor(
    private readonly channels: NotificationChannels,
    private readonly page: ChannelPage,
  ) {}

  @Get()
  @Render(VIEW)
  async show(
    @CurrentIdentity() { teamId }: Identity,
    @Param('id', IdPipe) id: number,
    @Query() query: unknown,
    @Req() request: Request,
  ) {
    const before = olderThan(formText(query, 'before'));
    const channel = await this.channels.get(teamId, id);
    return this.page.view(channel, { before, notice: takeNotice(request) });
  }

  /** An empty address stays as it is, because the form does not show it. It shows recipients. */
  @Post()
  async change(
    @CurrentIdentity() { teamId }: Identity,
    @Param('id', IdPipe) id: number,
    @Body() form: unknown,
    @Req() request: Request,
    @Res() response: Response,
  ) {
    const channel = await this.channels.get(teamId, id);
    const typed = typedChannel(form, channel.kind);
    const { kind: _, address, ...rest } = typed;
    try {
      await this.channels.change(channel, { ...rest, ...(address && { address }) });
    } catch (error) {
      const faults = faultsOf(error);
      response.status(422).render(VIEW, await this.page.view(channel, { typed, faults }));
      return;
    }
    leaveNotice(request, 'The channel is saved.');
    await saveSession(request);
    response.redirect(303, `/notifications/${id}`);
  }

  @Post('enabled')
  @Redirect(undefined, 303)
  async switch(
    @CurrentIdentity() { teamId }: Identity,
    @Param('id', IdPipe) id: number,
    @Body() form: unknown,
    @Req() request: Request,
  ) {
    const enabled = formText(form, 'enabled') === 'true';
    await this.channels.change(await this.channels.get(teamId, id), { enabled });
    leaveNotice(request, `The channel is switched ${enabled ? 'on' : 'off'}.`);
    await saveSession(request);
    return { url: `/notifications/${id}` };
  }

  /** The response shows the secret. It is shown only once. */
  @Post('secret')
  @HttpCode(200)
  @Render(VIEW)
  async rotate(@CurrentIdentity() { teamId }: Identity, @Param('id', IdPipe) id: number) {
    const channel = await this.channels.get(teamId, id);
    const { channel: changed, secret } = await this.channels.change(channel, {
      rotateSecret: true,
    });
    return this.page.view(changed, { secret });
  }

  @Get('delete')
  @Render('notifications/delete')
  async ask(@CurrentIdentity() { teamId }: Identity, @Param('id', IdPipe) id: number) {
    const { name } = await this.channels.get(teamId, id);
    return { title: 'Delete a channel', id, name };
  }

  @Post('delete')
  @Redirect('/notifications', 303)
  async remove(
    @CurrentIdentity() { teamId }: Identity,
    @Param('id', IdPipe) id: number,
    @Req() request: Request,
  ) {
    const channel = await this.channels.get(teamId, id);
    await this.channels.remove(channel);
    leaveNotice(request, `The channel ${channel.name} is deleted.`);
    await saveSession(request);
  }
}

/** The id before which the list begins; the list begins with the newest where it is none. */
const olderThan = (typed: string): number | undefined =>
  /^[1-9]\d{0,8}$/.test(typed) ? Number(typed) : undefined;
