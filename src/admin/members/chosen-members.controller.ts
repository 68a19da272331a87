import { Body, Controller, HttpCode, Param, Post, Req, Res, StreamableFile } from '@nestjs/common';
import type { Request, Response } from 'express';
import type { EntityManager } from 'typeorm';
import type { Identity } from '../../accounts/identity.js';
import { CurrentIdentity } from '../../accounts/identity.js';
import { IntegrationsService } from '../../integrations/connections/integrations.service.js';
import { lockConnected } from '../../integrations/connections/lock-connected.js';
import { csvFile } from '../../integrations/exports/csv-file.js';
import { MemberStatusService } from '../../members/directory/member-status.service.js';
import { MembersService } from '../../members/listing/members.service.js';
import { spreadsheet } from '../../members/listing/members-csv.js';
import { Access } from '../../platform/web/access.decorator.js';
import { IdPipe } from '../../platform/web/id.pipe.js';
import { chosenIds } from '../shared/chosen-ids.js';
import { answerStatus, type Exchange } from './status-answer.js';
import { manyNotice } from './status-notice.js';

/** Disables, enables and exports the members that an admin chose. */
@Access('admin')
@Controller('integrations/github/:id/members')
export class ChosenMembersController {
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
    @Body() form: unknown,
    @Req() request: Request,
    @Res() response: Response,
  ) {
    return this.set(true, identity, id, { form, request, response });
  }

  @Post('enable')
  @HttpCode(200)
  enable(
    @CurrentIdentity() identity: Identity,
    @Param('id', IdPipe) id: number,
    @Body() form: unknown,
    @Req() request: Request,
    @Res() response: Response,
  ) {
    return this.set(false, identity, id, { form, request, response });
  }

  @Post('export')
  @HttpCode(200)
  async export(
    @CurrentIdentity() { teamId }: Identity,
    @Param('id', IdPipe) id: number,
    @Body() form: unknown,
  ): Promise<StreamableFile> {
    const { organizationLogin } = await this.integrations.get(teamId, id);
    const members = await this.members.chosen(id, chosenIds(form));
    return csvFile(spreadsheet(members), organizationLogin);
  }

  private async set(disabled: boolean, { teamId, name }: Identity, id: number, exchange: Exchange) {
    const integration = await this.integrations.connected(teamId, id);
    const ids = chosenIds(exchange.form);
    const lock = (manager: EntityManager) => lockConnected(manager, id);
    const changed = await this.standing.setAllDisabled(id, ids, disabled, name, lock);
    return answerStatus(exchange, integration, changed, (back) => manyNotice(id, changed, back));
  }
}
