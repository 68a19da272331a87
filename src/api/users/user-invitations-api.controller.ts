import { Body, Controller, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiOperation } from '@nestjs/swagger';
import type { Identity } from '../../accounts/identity.js';
import { CurrentIdentity } from '../../accounts/identity.js';
import { alreadyInTeam } from '../../accounts/invitations/invitation-refusals.js';
import { InvitationsService } from '../../accounts/invitations/invitations.service.js';
import { ApiProblem } from '../../platform/web/api-problem.js';
import { validationFailed } from '../../platform/web/validation.js';
import { ApiChange, ApiJsonOnly, ApiMalformedBody, ApiV1 } from '../shared/api-docs.js';
import { InvitationLinkResponse, presentLink } from './invitation.response.js';
import { InviteUserRequest } from './invite-user.request.js';
import { WRONG_ROLE } from './role-field.js';

/** Invites people into the team. */
@ApiV1('Users')
@Controller('api/v1/user-invitations')
export class UserInvitationsApiController {
  constructor(private readonly invitations: InvitationsService) {}

  @Post()
  @ApiChange()
  @ApiOperation({
    operationId: 'inviteUser',
    summary: 'Invites somebody by a link',
    description:
      'The link is valid for 7 days and works once, for that email address only. It is not stored, so it cannot be read later. ' +
      'An earlier link for the same address no longer works.',
  })
  @ApiCreatedResponse({ type: InvitationLinkResponse, description: 'The link.' })
  @ApiProblem(alreadyInTeam())
  @ApiMalformedBody()
  @ApiProblem(validationFailed([{ field: 'role', problem: WRONG_ROLE }]), {
    description: 'A value is wrong: `validation_failed`, `email_invalid`. Nobody was invited.',
  })
  @ApiJsonOnly()
  async invite(
    @CurrentIdentity() { teamId, name: invitedBy }: Identity,
    @Body() { email, role }: InviteUserRequest,
  ): Promise<InvitationLinkResponse> {
    return presentLink(await this.invitations.invite({ teamId, email, role, invitedBy }));
  }
}
