import { Controller, Get, Param, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import type { Identity } from '../../accounts/identity.js';
import { CurrentIdentity } from '../../accounts/identity.js';
import { Access } from '../../platform/web/access.decorator.js';
import { EVENT_STREAM } from '../../platform/web/compressed.js';
import { IdPipe } from '../../platform/web/id.pipe.js';
import { IntegrationsService } from '../connections/integrations.service.js';
import { EventStreams } from './event-streams.js';

/** Tells open pages what changes in an integration. */
@Access('member')
@Controller('integrations/github/:id/events')
export class EventsController {
  constructor(
    private readonly integrations: IntegrationsService,
    private readonly streams: EventStreams,
  ) {}

  @Get()
  async follow(
    @CurrentIdentity() identity: Identity,
    @Param('id', IdPipe) id: number,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    await this.integrations.get(identity.teamId, id);
    if (request.method === 'HEAD') response.setHeader('Content-Type', EVENT_STREAM).end();
    else if (!response.destroyed) this.streams.start(request, response, identity, id);
  }
}
