import {
  Body,
  Controller,
  Get,
  HttpCode,
  Param,
  Post,
  Redirect,
  Render,
  Req,
  Res,
} from '@nestjs/common';
import type { Request, Response } from 'express';
import { ApiTokensService } from '../../accounts/api-tokens/api-tokens.service.js';
import type { Identity } from '../../accounts/identity.js';
import { CurrentIdentity } from '../../accounts/identity.js';
import { saveSession } from '../../accounts/sessions/sessions.js';
import { Access } from '../../platform/web/access.decorator.js';
import { leaveNotice, takeNotice } from '../../platform/web/flash.js';
import { IdPipe } from '../../platform/web/id.pipe.js';
import { faultsOf, optionsOf, typedToken } from './api-token-form.js';
import { ApiTokensPage } from './api-tokens-page.js';

const VIEW = 'api-tokens/api-tokens';

/** Creates and revokes the API tokens of a team. */
@Access('admin')
@Controller('api-tokens')
export class ApiTokensController {
  constructor(
    private readonly tokens: ApiTokensService,
    private readonly page: ApiTokensPage,
  ) {}

  @Get()
  @Render(VIEW)
  list(@CurrentIdentity() { teamId }: Identity, @Req() request: Request) {
    return this.page.view(teamId, { notice: takeNotice(request) });
  }

  /** The response shows the value. It is not stored, so it is shown only once. */
  @Post()
  @HttpCode(200)
  async create(
    @CurrentIdentity() { teamId, name: madeBy }: Identity,
    @Body() form: unknown,
    @Res() response: Response,
  ) {
    const typed = typedToken(form);
    try {
      const made = await this.tokens.create(teamId, typed.name, { ...optionsOf(typed), madeBy });
      response.render(VIEW, await this.page.view(teamId, { made }));
    } catch (error) {
      const faults = faultsOf(error);
      response.status(422).render(VIEW, await this.page.view(teamId, { typed, faults }));
    }
  }

  @Get(':id/revoke')
  @Render('api-tokens/revoke')
  async ask(@CurrentIdentity() { teamId }: Identity, @Param('id', IdPipe) id: number) {
    const { name, lastUsedAt } = await this.tokens.get(teamId, id);
    return { title: 'Revoke an API token', id, name, lastUsedAt };
  }

  @Post(':id/revoke')
  @Redirect('/api-tokens', 303)
  async revoke(
    @CurrentIdentity() { teamId }: Identity,
    @Param('id', IdPipe) id: number,
    @Req() request: Request,
  ) {
    const token = await this.tokens.get(teamId, id);
    await this.tokens.revoke(token);
    leaveNotice(
      request,
      `The token ${token.name} is revoked. Programs that use it no longer have access.`,
    );
    await saveSession(request);
  }
}
