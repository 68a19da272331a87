import { Controller, Get, Param, Post, Redirect, Render, Req } from '@nestjs/common';
import type { Request } from 'express';
import type { Identity } from '../../accounts/identity.js';
import { CurrentIdentity } from '../../accounts/identity.js';
import { IntegrationsService } from '../../integrations/connections/integrations.service.js';
import { MemberSyncRequests } from '../../integrations/runs/member-sync-requests.js';
import { Access } from '../../platform/web/access.decorator.js';
import { takeNotice } from '../../platform/web/flash.js';
import { IdPipe } from '../../platform/web/id.pipe.js';
import { IntegrationsPage } from './integrations-page.js';

/** The organizations of a team, with a sync button each. */
@Access('member')
@Controller('integrations')
export class IntegrationsController {
  constructor(
    private readonly page: IntegrationsPage,
    private readonly integrations: IntegrationsService,
    private readonly requests: MemberSyncRequests,
  ) {}

  @Get()
  @Render('integrations/integrations')
  async list(@CurrentIdentity() identity: Identity, @Req() request: Request) {
    return { ...(await this.page.view(identity)), notice: takeNotice(request) };
  }

  @Post('github/:id/sync')
  @Access('admin')
  @Redirect('/integrations', 303)
  async sync(@CurrentIdentity() { teamId, name }: Identity, @Param('id', IdPipe) id: number) {
    const { id: integrationId } = await this.integrations.get(teamId, id);
    const request = { integrationId, trigger: 'manual', requestedBy: name } as const;
    await this.requests.request(request);
  }
}
