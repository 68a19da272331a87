import { Controller, Get, Param, Query, Render, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import type { Identity } from '../../accounts/identity.js';
import { CurrentIdentity } from '../../accounts/identity.js';
import { HeavyReads } from '../../integrations/exports/heavy-reads.js';
import { Access } from '../../platform/web/access.decorator.js';
import { takeNotice } from '../../platform/web/flash.js';
import { IdPipe } from '../../platform/web/id.pipe.js';
import { DirectoryQuery } from './directory-query.js';
import { type Asked, MembersPage } from './members-page.js';
import { takeStandingNotice } from './status-notice.js';

interface Exchange {
  identity: Identity;
  request: Request;
  response: Response;
}

/** Shows the members of an organization, or its outside collaborators. */
@Access('member')
@Controller('integrations/github/:id')
export class MembersController {
  constructor(
    private readonly page: MembersPage,
    private readonly heavy: HeavyReads,
  ) {}

  @Get('members')
  @Render('members/members')
  members(
    @CurrentIdentity() identity: Identity,
    @Param('id', IdPipe) id: number,
    @Query() parameters: unknown,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ) {
    return this.show({ id, parameters, affiliation: 'member' }, { identity, request, response });
  }

  @Get('collaborators')
  @Render('members/collaborators')
  collaborators(
    @CurrentIdentity() identity: Identity,
    @Param('id', IdPipe) id: number,
    @Query() parameters: unknown,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ) {
    const asked = { id, parameters, affiliation: 'outside_collaborator' } as const;
    return this.show(asked, { identity, request, response });
  }

  private async show(asked: Asked, { identity, request, response }: Exchange) {
    const isPast = new DirectoryQuery(asked.id, asked.parameters).asOf !== '';
    const signal = isPast ? await this.heavy.turn(identity.teamId, response) : undefined;
    const view = await this.page.view(identity, asked, signal);
    if ('error' in view.directory) response.status(422);
    return { ...view, notice: takeNotice(request), undo: takeStandingNotice(request, asked.id) };
  }
}
