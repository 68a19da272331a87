import { InjectQueue } from '@nestjs/bull';
import { Injectable } from '@nestjs/common';
import type { Queue } from 'bull';
import type { Identity } from '../accounts/identity.js';
import type { ConnectRequest } from '../integrations/connecting/connect-request.js';
import { IntegrationConnector } from '../integrations/connecting/integration-connector.js';
import type { Connected } from '../integrations/connecting/store-integration.js';
import { MemberSyncRequests } from '../integrations/runs/member-sync-requests.js';
import { type MemberSyncJob, RunHandOver } from '../integrations/runs/run-hand-over.js';
import { MEMBER_SYNC_QUEUE } from '../platform/queue/queue.module.js';

/** Connects an organization and queues its first run. It waits for GitHub's check of the token, not for the members. */
@Injectable()
export class Connections {
  constructor(
    private readonly connector: IntegrationConnector,
    private readonly requests: MemberSyncRequests,
    private readonly handOver: RunHandOver,
    @InjectQueue(MEMBER_SYNC_QUEUE) private readonly queue: Queue<MemberSyncJob>,
  ) {}

  /** @throws PublicError, with nothing stored */
  async open({ name }: Identity, request: ConnectRequest): Promise<Connected> {
    const connected = await this.connector.connect(request);
    const integrationId = connected.integration.id;
    const wanted = { integrationId, trigger: 'onboarding', requestedBy: name } as const;
    const { run, isNew } = await this.requests.open(wanted);
    if (isNew) await this.handOver.tell(run, this.queue);
    return connected;
  }
}
