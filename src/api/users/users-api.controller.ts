import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Query } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import type { Identity } from '../../accounts/identity.js';
import { CurrentIdentity } from '../../accounts/identity.js';
import { lastAdmin } from '../../accounts/users/last-admin.js';
import { userNotFound } from '../../accounts/users/team-users.js';
import { TeamUsersService } from '../../accounts/users/team-users.service.js';
import { ApiProblem } from '../../platform/web/api-problem.js';
import { IdPipe } from '../../platform/web/id.pipe.js';
import { ApiChange, ApiId, ApiV1, ApiWrongBody } from '../shared/api-docs.js';
import { ApiPage } from '../shared/api-reads.js';
import { idOf, type Page, pageById } from '../shared/page.js';
import { PageQuery } from '../shared/page.query.js';
import { ChangeUserRequest } from './change-user.request.js';
import { WRONG_ROLE } from './role-field.js';
import { presentUser, UserResponse } from './user.response.js';

/** The first user of a team is its only admin, whom no request can change. */
const EXAMPLE = { example: 2 };

/** Lists the users of the team, and changes and removes them. */
@ApiV1('Users')
@Controller('api/v1/users')
export class UsersApiController {
  constructor(private readonly users: TeamUsersService) {}

  @Get()
  @ApiOperation({ operationId: 'listUsers', summary: 'Lists the users of the team, by id' })
  @ApiPage(UserResponse, 'A page of the users.')
  async list(
    @CurrentIdentity() { teamId }: Identity,
    @Query() { limit, cursor }: PageQuery,
  ): Promise<Page<UserResponse>> {
    const found = await this.users.page(teamId, { limit: limit + 1, after: idOf(cursor) });
    return pageById(found, limit, presentUser);
  }

  @Patch(':id')
  @ApiChange()
  @ApiId('id', EXAMPLE)
  @ApiOperation({
    operationId: 'changeUser',
    summary: 'Changes the role of a user',
    description:
      'API tokens that the user created are revoked with the role of an admin. The last admin keeps it.',
  })
  @ApiOkResponse({ type: UserResponse, description: 'The user after the change.' })
  @ApiProblem(userNotFound())
  @ApiProblem(lastAdmin())
  @ApiWrongBody(WRONG_ROLE, 'role')
  async change(
    @CurrentIdentity() { teamId }: Identity,
    @Param('id', IdPipe) userId: number,
    @Body() { role }: ChangeUserRequest,
  ): Promise<UserResponse> {
    return presentUser(await this.users.setRole({ teamId, userId }, role));
  }

  @Delete(':id')
  @ApiChange()
  @HttpCode(204)
  @ApiId('id', EXAMPLE)
  @ApiOperation({
    operationId: 'removeUser',
    summary: 'Removes a user from the team',
    description: 'The account stays. API tokens that the user created for the team are revoked.',
  })
  @ApiNoContentResponse({ description: 'Removed.' })
  @ApiProblem(userNotFound())
  @ApiProblem(lastAdmin(), {
    description:
      'The last admin of the team (`last_admin`), or somebody who manages teams and is in no other team (`only_team`).',
  })
  async remove(
    @CurrentIdentity() { teamId }: Identity,
    @Param('id', IdPipe) userId: number,
  ): Promise<void> {
    await this.users.remove({ teamId, userId });
  }
}
