import { Controller, Get, Param, Query, Render, Req } from '@nestjs/common';
import type { Request } from 'express';
import type { Identity } from '../../accounts/identity.js';
import { CurrentIdentity } from '../../accounts/identity.js';
import { Access } from '../../platform/web/access.decorator.js';
import { IdPipe } from '../../platform/web/id.pipe.js';
import { takeStandingNotice } from '../members/status-notice.js';
import { PersonPage } from './person-page.js';

/** Shows one person of a directory, with their history. */
@Access('member')
@Controller('integrations/github/:id/members/:memberId')
export class PersonController {
  constructor(private readonly page: PersonPage) {}

  @Get()
  @Render('person/person')
  async person(
    @CurrentIdentity() identity: Identity,
    @Param('id', IdPipe) id: number,
    @Param('memberId', IdPipe) memberId: number,
    @Query() query: unknown,
    @Req() request: Request,
  ) {
    const view = await this.page.view(identity, id, memberId, query);
    return { ...view, undo: takeStandingNotice(request, id) };
  }
}
