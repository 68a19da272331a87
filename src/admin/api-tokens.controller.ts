import {
  Body,
  Controller,
  Get,
  HttpCode,
  Param,
  Post,
  Redirect,
  Render,
  Res,
} from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Response } from 'express';
import { ApiTokensService } from '../accounts/api-tokens.service.js';
import type { Identity } from '../accounts/identity.js';
import { AdminOnly, CurrentIdentity } from '../accounts/identity.js';
import { formText } from '../platform/web/form-text.js';
import { IdPipe } from '../platform/web/id.pipe.js';
import { tell } from '../platform/web/told.js';
import { ApiTokensPage } from './api-tokens-page.service.js';

const DAY = 86_400_000;

/** Makes and revokes the API tokens of a team. */
@AdminOnly()
@ApiExcludeController()
@Controller('api-tokens')
export class ApiTokensController {
  constructor(
    private readonly tokens: ApiTokensService,
    private readonly page: ApiTokensPage,
  ) {}

  @Get()
  @Render('api-tokens/list')
  list(@CurrentIdentity() { teamId }: Identity) {
    return this.page.view(teamId);
  }

  /** Answers with the value itself: it is nowhere else, and so it is shown this once. */
  @Post()
  @HttpCode(200)
  async create(
    @CurrentIdentity() { teamId }: Identity,
    @Body() form: unknown,
    @Res() response: Response,
  ) {
    const typed = {
      name: formText(form, 'name'),
      access: formText(form, 'access'),
      days: formText(form, 'days'),
    };
    try {
      const options = { readOnly: typed.access !== 'full', expiresAt: expiryOf(typed.days) };
      const made = await this.tokens.create(teamId, typed.name, options);
      response.render('api-tokens/list', await this.page.view(teamId, { made }));
    } catch (error) {
      const told = tell(error);
      const view = await this.page.view(teamId, { typed, error: told.error });
      response.status(told.status).render('api-tokens/list', view);
    }
  }

  @Get(':id/revoke')
  @Render('api-tokens/revoke')
  async ask(@CurrentIdentity() { teamId }: Identity, @Param('id', IdPipe) id: number) {
    const { name } = await this.tokens.get(teamId, id);
    return { title: 'Revoke an API token', id, name };
  }

  @Post(':id/revoke')
  @Redirect('/api-tokens', 303)
  async revoke(@CurrentIdentity() { teamId }: Identity, @Param('id', IdPipe) id: number) {
    await this.tokens.revoke(await this.tokens.get(teamId, id));
  }
}

/** Null for never. */
const expiryOf = (days: string): Date | null =>
  /^\d{1,4}$/.test(days) ? new Date(Date.now() + Number(days) * DAY) : null;
