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
import { IdPipe } from '../../platform/web/id.pipe.js';
import { answerStatus, type Exchange } from './status-answer.js';
import { standingNotice } from './status-notice.js';

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
    exchange: Exchange,
  ) {
    const integration = await this.integrations.get(teamId, id);
    const known = await this.members.get(id, memberId);
    const lock = (manager: EntityManager) => lockConnected(manager, id);
    const member = await this.standing.setDisabled(known.id, disabled, name, lock);
    return answerStatus(exchange, integration, [member], (back) => standingNotice(member, back));
  }
}
