import { Controller, Get, Param, Query, Render, Res } from '@nestjs/common';
import type { Response } from 'express';
import type { Identity } from '../../accounts/identity.js';
import { CurrentIdentity } from '../../accounts/identity.js';
import { IntegrationsService } from '../../integrations/connections/integrations.service.js';
import { HeavyReads } from '../../integrations/exports/heavy-reads.js';
import { Access } from '../../platform/web/access.decorator.js';
import { IdPipe } from '../../platform/web/id.pipe.js';
import { DiffAddress } from './diff-address.js';
import { MembersDiffPage } from './members-diff-page.js';

/** Compares a directory on two dates. */
@Access('member')
@Controller('integrations/github/:id/members/diff')
export class MembersDiffController {
  constructor(
    private readonly integrations: IntegrationsService,
    private readonly page: MembersDiffPage,
    private readonly heavy: HeavyReads,
  ) {}

  @Get()
  @Render('members/diff')
  async compare(
    @CurrentIdentity() { teamId }: Identity,
    @Param('id', IdPipe) id: number,
    @Query() query: unknown,
    @Res({ passthrough: true }) response: Response,
  ) {
    const integration = await this.integrations.get(teamId, id);
    const address = new DiffAddress(id, query);
    const signal = address.isAsked ? await this.heavy.turn(teamId, response) : undefined;
    const view = await this.page.view(integration, address, signal);
    if ('error' in view) response.status(422);
    return view;
  }
}
