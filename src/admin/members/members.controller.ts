import { Controller, Get, Param, Query, Render, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import type { Identity } from '../../accounts/identity.js';
import { CurrentIdentity } from '../../accounts/identity.js';
import { HeavyReads } from '../../integrations/exports/heavy-reads.js';
import { Access } from '../../platform/web/access.decorator.js';
import { takeNotice } from '../../platform/web/flash.js';
import { IdPipe } from '../../platform/web/id.pipe.js';
import { DirectoryQuery } from './directory-query.js';
import { MembersPage } from './members-page.js';
import { takeStandingNotice } from './status-notice.js';

@Access('member')
@Controller('integrations/github/:id/members')
export class MembersController {
  constructor(
    private readonly page: MembersPage,
    private readonly heavy: HeavyReads,
  ) {}

  @Get()
  @Render('members/members')
  async directory(
    @CurrentIdentity() identity: Identity,
    @Param('id', IdPipe) id: number,
    @Query() query: unknown,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ) {
    const isPast = new DirectoryQuery(id, query).asOf !== '';
    const signal = isPast ? await this.heavy.turn(identity.teamId, response) : undefined;
    const view = await this.page.view(identity, id, query, signal);
    if ('error' in view.directory) response.status(422);
    return { ...view, notice: takeNotice(request), undo: takeStandingNotice(request, id) };
  }
}
