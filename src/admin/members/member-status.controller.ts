import { Body, Controller, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import type { EntityManager } from 'typeorm';
import type { Identity } from '../../accounts/identity.js';
import { CurrentIdentity } from '../../accounts/identity.js';
import { IntegrationsService } from '../../integrations/connections/integrations.service.js';
import { lockConnected } from '../../integrations/connections/lock-connected.js';
import { MemberStatusService } from '../../members/directory/member-status.service.js';
import { MembersService } from '../../members/listing/members.service.js';
import { Access } from '../../platform/web/access.decorator.js';
import { formText } from '../../platform/web/form-text.js';
import { IdPipe } from '../../platform/web/id.pipe.js';
import { githubLinks } from '../shared/github-links.js';
import { ownPath } from '../shared/own-path.js';
import { presentMemberRow, statusAction } from './member-row.js';
import { leaveStandingNotice, standingNotice } from './status-notice.js';

/** Disables and enables a member by hand; answers with the new row and an undo. */
@Access('admin')
@Controller('integrations/github/:id/members/:memberId')
export class MemberStatusController {
  constructor(
    private readonly integrations: IntegrationsService,
    private readonly members: MembersService,
    private readonly standing: MemberStatusService,
  ) {}

  @Post('disable')
  @HttpCode(200)
  disable(
    @CurrentIdentity() identity: Identity,
    @Param('id', IdPipe) id: number,
    @Param('memberId', IdPipe) memberId: number,
    @Body() form: unknown,
    @Req() request: Request,
    @Res() response: Response,
  ) {
    return this.set(true, identity, { id, memberId }, { form, request, response });
  }

  @Post('enable')
  @HttpCode(200)
  enable(
    @CurrentIdentity() identity: Identity,
    @Param('id', IdPipe) id: number,
    @Param('memberId', IdPipe) memberId: number,
    @Body() form: unknown,
    @Req() request: Request,
    @Res() response: Response,
  ) {
    return this.set(false, identity, { id, memberId }, { form, request, response });
  }

  private async set(
    disabled: boolean,
    { teamId, name }: Identity,
    { id, memberId }: { id: number; memberId: number },
    { form, request, response }: Exchange,
  ) {
    const { apiUrl } = await this.integrations.get(teamId, id);
    const known = await this.members.get(id, memberId);
    const lock = (manager: EntityManager) => lockConnected(manager, id);
    const member = await this.standing.setDisabled(known.id, disabled, name, lock);
    const back = ownPath(formText(form, 'back')) ?? `/integrations/github/${id}/members`;
    const undo = standingNotice(member, back);
    if (!request.get('HX-Request')) {
      await leaveStandingNotice(request, undo);
      return response.redirect(303, back);
    }
    const row = {
      ...presentMemberRow(member, githubLinks(apiUrl)),
      standing: statusAction(member, back),
    };
    response.set('HX-Trigger', 'member-standing-changed');
    response.render('members/_status-answer', { layout: false, ...row, undo });
  }
}

interface Exchange {
  form: unknown;
  request: Request;
  response: Response;
}
