import { Controller, Get, Render } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Identity } from '../accounts/identity.js';
import { CurrentIdentity } from '../accounts/identity.js';
import { IntegrationsPage } from './integrations-page.service.js';

@ApiExcludeController()
@Controller('integrations')
export class IntegrationsController {
  constructor(private readonly page: IntegrationsPage) {}

  @Get()
  @Render('integrations/list')
  list(@CurrentIdentity() identity: Identity) {
    return this.page.view(identity);
  }
}
