import { InjectQueue } from '@nestjs/bull';
import { Controller, Get, Header, HttpCode, Param, Post, Render } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Queue } from 'bull';
import type { Identity } from '../accounts/identity.js';
import { AdminOnly, CurrentIdentity } from '../accounts/identity.js';
import { MEMBER_SYNC_QUEUE } from '../platform/queue/queue.module.js';
import { IdPipe } from '../platform/web/id.pipe.js';
import type { GithubIntegration } from './github-integration.entity.js';
import { IntegrationsService } from './integrations.service.js';
import { MemberSyncRequests } from './member-sync-requests.service.js';
import { MemberSyncRuns } from './member-sync-runs.service.js';
import { memberSyncStatus } from './member-sync-status.js';
import type { MemberSyncJob } from './run-hand-over.service.js';

const PARTIAL = 'partials/member-sync-progress';

/** Asks for a member sync, and shows how far it is; both answer with the status partial. */
@ApiExcludeController()
@Controller('integrations/github/:id/members/sync')
export class MemberSyncController {
  constructor(
    private readonly integrations: IntegrationsService,
    private readonly requests: MemberSyncRequests,
    private readonly runs: MemberSyncRuns,
    @InjectQueue(MEMBER_SYNC_QUEUE) private readonly queue: Queue<MemberSyncJob>,
  ) {}

  @Post()
  @HttpCode(200)
  @AdminOnly()
  @Header('Cache-Control', 'no-store')
  @Render(PARTIAL)
  async sync(@CurrentIdentity() identity: Identity, @Param('id', IdPipe) id: number) {
    const { id: integrationId } = await this.integrations.get(identity.teamId, id);
    await this.requests.request(
      { integrationId, trigger: 'manual', requestedBy: identity.name },
      this.queue,
    );
    return this.status(await this.integrations.get(identity.teamId, id));
  }

  @Get('progress')
  @Header('Cache-Control', 'no-store')
  @Render(PARTIAL)
  async progress(@CurrentIdentity() { teamId }: Identity, @Param('id', IdPipe) id: number) {
    return this.status(await this.integrations.get(teamId, id));
  }

  private async status(integration: GithubIntegration) {
    const run = await this.runs.latest(integration.id);
    return { layout: false, ...memberSyncStatus(integration, run) };
  }
}
