import { Controller, Get, Render, Req } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Request } from 'express';
import type { Identity } from '../accounts/identity.js';
import { CurrentIdentity } from '../accounts/identity.js';
import { takeNotice } from '../onboarding/notice.js';
import { IntegrationsPage } from './integrations-page.service.js';

@ApiExcludeController()
@Controller('integrations')
export class IntegrationsController {
  constructor(private readonly page: IntegrationsPage) {}

  @Get()
  @Render('integrations/list')
  async list(@CurrentIdentity() identity: Identity, @Req() request: Request) {
    return { ...(await this.page.view(identity)), notice: takeNotice(request) };
  }
}
