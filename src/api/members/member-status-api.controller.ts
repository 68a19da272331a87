import { Body, Controller, Param, Patch } from '@nestjs/common';
import { ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import type { EntityManager } from 'typeorm';
import type { Identity } from '../../accounts/identity.js';
import { CurrentIdentity } from '../../accounts/identity.js';
import { integrationDisconnected } from '../../integrations/connections/integration-disconnected.js';
import { IntegrationsService } from '../../integrations/connections/integrations.service.js';
import { lockConnected } from '../../integrations/connections/lock-connected.js';
import {
  MemberStatusService,
  memberNotFound,
} from '../../members/directory/member-status.service.js';
import { ApiProblem } from '../../platform/web/api-problem.js';
import { IdPipe } from '../../platform/web/id.pipe.js';
import { ApiChange, ApiId, ApiV1, ApiWrongBody } from '../shared/api-docs.js';
import { ChangeMemberRequest } from './change-member.request.js';
import { MemberResponse, presentMemberWithId } from './member.response.js';

/** Disables and enables members by hand. */
@ApiV1('Members')
@Controller('api/v1/members/:id')
export class MemberStatusApiController {
  constructor(
    private readonly integrations: IntegrationsService,
    private readonly standing: MemberStatusService,
  ) {}

  @Patch()
  @ApiChange()
  @ApiId('id')
  @ApiOperation({
    operationId: 'changeMember',
    summary: 'Disables a member by hand, or enables them again',
    description:
      "Syncs do not undo it. It is recorded as a change with the token's name. Repeating the request changes nothing.",
  })
  @ApiOkResponse({ type: MemberResponse, description: 'The member after the change.' })
  @ApiProblem(memberNotFound())
  @ApiProblem(integrationDisconnected())
  @ApiWrongBody('disabled must be true or false', 'disabled')
  async change(
    @CurrentIdentity() { teamId, name }: Identity,
    @Param('id', IdPipe) memberId: number,
    @Body() { disabled }: ChangeMemberRequest,
  ): Promise<MemberResponse> {
    const { id, integrationId } = await this.integrations.member(teamId, memberId);
    const lock = (manager: EntityManager) => lockConnected(manager, integrationId);
    return presentMemberWithId(await this.standing.setDisabled(id, disabled, name, lock));
  }
}
