import { Controller, Get, Render } from '@nestjs/common';
import type { Identity } from '../../accounts/identity.js';
import { CurrentIdentity } from '../../accounts/identity.js';
import { Access } from '../../platform/web/access.decorator.js';
import { OverviewPage } from './overview-page.js';

/** The team's first page. */
@Access('member')
@Controller()
export class OverviewController {
  constructor(private readonly page: OverviewPage) {}

  @Get()
  @Render('overview/overview')
  show(@CurrentIdentity() identity: Identity) {
    return this.page.view(identity);
  }
}
