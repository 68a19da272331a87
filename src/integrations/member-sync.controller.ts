import {
  Body,
  Controller,
  Get,
  Header,
  HttpCode,
  Param,
  Post,
  Render,
  Req,
  Res,
} from '@nestjs/common';
import type { Request, Response } from 'express';
import type { Identity } from '../accounts/identity.js';
import { CurrentIdentity } from '../accounts/identity.js';
import { LOGIN } from '../github/access/organization-name.js';
import { PublicError } from '../platform/public-error.js';
import { Access } from '../platform/web/access.decorator.js';
import { formText } from '../platform/web/form-text.js';
import { IdPipe } from '../platform/web/id.pipe.js';
import { IntegrationsService } from './connections/integrations.service.js';
import type { NamedPerson } from './hints/record-hints.js';
import { type Current, CurrentSync } from './runs/current-sync.js';
import { MemberSyncRequests } from './runs/member-sync-requests.js';
import { FINISHED } from './runs/member-sync-status.js';
import { syncView } from './runs/sync-view.js';

const PARTIAL = 'sync/_progress';

/** Nobody named means everybody. @throws PublicError 422 `login_invalid` */
function namedPerson(form: unknown): NamedPerson[] | undefined {
  const [githubId, login] = [formText(form, 'githubId'), formText(form, 'login')];
  if (/^[1-9]\d{0,14}$/.test(githubId)) return [{ githubId: Number(githubId) }];
  if (!githubId && !login) return undefined;
  if (LOGIN.test(login)) return [{ login }];
  throw new PublicError(
    422,
    'login_invalid',
    'This is not a login of GitHub.',
    'A login has letters, digits and hyphens, as in github.com/LOGIN.',
  );
}

/** Requests a member sync of everybody or of one person, and shows its progress; both answer with the status partial. */
@Access('member')
@Controller('integrations/github/:id/members/sync')
export class MemberSyncController {
  constructor(
    private readonly integrations: IntegrationsService,
    private readonly requests: MemberSyncRequests,
    private readonly current: CurrentSync,
  ) {}

  @Post()
  @HttpCode(200)
  @Access('admin')
  @Header('Cache-Control', 'no-store')
  @Render(PARTIAL)
  async sync(
    @CurrentIdentity() identity: Identity,
    @Param('id', IdPipe) id: number,
    @Body() form: unknown,
    @Res({ passthrough: true }) response: Response,
  ) {
    const person = namedPerson(form);
    const [integration, unfinished] = await Promise.all([
      this.integrations.get(identity.teamId, id),
      this.requests.unfinished(id),
    ]);
    const request = { integrationId: id, trigger: 'manual', requestedBy: identity.name } as const;
    const isWanted = !person && unfinished?.scope === 'everybody';
    const latest = (isWanted && unfinished) || (await this.requests.request(request, person));
    const sync = await this.view(identity, id, { integration, latest });
    if (!sync.syncing) response.set('HX-Trigger', FINISHED);
    return { layout: false, sync };
  }

  @Get('progress')
  @Header('Cache-Control', 'no-store')
  @Render(PARTIAL)
  async progress(
    @CurrentIdentity() identity: Identity,
    @Param('id', IdPipe) id: number,
    @Req() { query, headers }: Request,
    @Res({ passthrough: true }) response: Response,
  ) {
    const sync = await this.view(identity, id);
    // Only the partial polls, and only while syncing: its first other answer is the end, which is sent once. An idle page
    // sends the state that it shows (`seen`), because a run may have begun and ended meanwhile.
    const isPoll = headers['hx-source'] === 'div#member-sync-status';
    const hasSeen = formText(query, 'seen') || (isPoll ? 'syncing' : sync.seen);
    if (!sync.syncing && hasSeen !== sync.seen) response.set('HX-Trigger', FINISHED);
    return { layout: false, sync };
  }

  private async view({ teamId, role }: Identity, id: number, known?: Current) {
    return syncView(await this.current.read(teamId, id, known), role);
  }
}
