import { InjectQueue } from '@nestjs/bull';
import { Injectable } from '@nestjs/common';
import type { Queue } from 'bull';
import type { Identity } from '../accounts/identity.js';
import { IntegrationConnector } from '../integrations/integration-connector.service.js';
import { MemberSyncRequests } from '../integrations/member-sync-requests.service.js';
import type { MemberSyncJob } from '../integrations/run-hand-over.service.js';
import type { Connected } from '../integrations/store-integration.js';
import { PublicError } from '../platform/public-error.js';
import { MEMBER_SYNC_QUEUE } from '../platform/queue/queue.module.js';
import type { WaitingToken } from './waiting-tokens.service.js';

/** Connects an organization and asks for its first run; it waits for GitHub's answer about the token, never for its members. */
@Injectable()
export class OnboardingService {
  constructor(
    private readonly connector: IntegrationConnector,
    private readonly requests: MemberSyncRequests,
    @InjectQueue(MEMBER_SYNC_QUEUE) private readonly queue: Queue<MemberSyncJob>,
  ) {}

  /**
   * The logins of the organizations that the token's owner may choose from: none for a fine-grained token, which GitHub
   * shows no list. @throws GithubFailure for a token that will not do
   */
  async organizations({ token, apiUrl }: WaitingToken): Promise<string[]> {
    const { organizations } = await this.connector.inspect(token, apiUrl);
    return organizations.map(({ login }) => login).sort((a, b) => a.localeCompare(b));
  }

  /** @throws PublicError, with nothing stored */
  async connect(
    { teamId, name }: Identity,
    { token, apiUrl }: WaitingToken,
    organization: string,
  ): Promise<Connected> {
    if (!organization) throw organizationMissing();
    const connected = await this.connector.connect({ teamId, organization, token, apiUrl });
    const integrationId = connected.integration.id;
    await this.requests.request(
      { integrationId, trigger: 'onboarding', requestedBy: name },
      this.queue,
    );
    return connected;
  }
}

const organizationMissing = () =>
  new PublicError(
    422,
    'organization_missing',
    'No organization was chosen.',
    'Choose one of the list, or type its name.',
  );
