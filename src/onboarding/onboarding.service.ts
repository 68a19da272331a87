import { InjectQueue } from '@nestjs/bull';
import { Inject, Injectable } from '@nestjs/common';
import type { Queue } from 'bull';
import type { Identity } from '../accounts/identity.js';
import type { Config } from '../config/config.js';
import { CONFIG } from '../config/config.module.js';
import type { OfferedCredential } from '../integrations/connect-request.js';
import { IntegrationConnector } from '../integrations/integration-connector.service.js';
import { MemberSyncRequests } from '../integrations/member-sync-requests.service.js';
import type { MemberSyncJob } from '../integrations/run-hand-over.service.js';
import type { Connected } from '../integrations/store-integration.js';
import { PublicError } from '../platform/public-error.js';
import { MEMBER_SYNC_QUEUE } from '../platform/queue/queue.module.js';
import { AppInstallations } from './app-installations.service.js';
import type { WaitingToken } from './waiting-tokens.service.js';

/** What the person chose. */
export interface Choice {
  organization: string;
  publicOnly: boolean;
}

/** Connects an organization and asks for its first run; it waits for GitHub's answer about the token, never for its members. */
@Injectable()
export class OnboardingService {
  constructor(
    private readonly connector: IntegrationConnector,
    private readonly installations: AppInstallations,
    private readonly requests: MemberSyncRequests,
    @InjectQueue(MEMBER_SYNC_QUEUE) private readonly queue: Queue<MemberSyncJob>,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** What the first page shows. */
  get start() {
    return { title: 'Connect GitHub', hasSignIn: this.config.github.oauth !== undefined };
  }

  /** What a token is that somebody signed in for. */
  get signInKind(): WaitingToken['kind'] {
    return this.config.github.app ? 'app-user' : 'oauth';
  }

  /**
   * The logins of the organizations that the token's owner may choose from: none for a fine-grained token, which GitHub
   * shows no list; of a GitHub App those that have it, and where others get it.
   * @throws GithubFailure for a token that will not do
   */
  async choices({ token, kind, apiUrl }: WaitingToken) {
    if (kind !== 'app-user') {
      const { organizations } = await this.connector.inspect(token, apiUrl);
      return { organizations: sorted(organizations.map(({ login }) => login)) };
    }
    const [own, installLink] = await Promise.all([
      this.installations.ofPerson(token),
      this.installations.installLink(),
    ]);
    return { organizations: sorted(own.map(({ account }) => account.login)), installLink };
  }

  /** @throws PublicError, with nothing stored */
  async connect(
    { teamId, name }: Identity,
    waiting: WaitingToken,
    { organization, publicOnly }: Choice,
  ): Promise<Connected> {
    if (!organization) throw organizationMissing();
    const { apiUrl } = waiting;
    const offered = await this.offered(waiting, organization);
    const connected = await this.connector.connect({
      ...offered,
      ...{ teamId, organization, apiUrl, publicOnly },
    });
    const integrationId = connected.integration.id;
    await this.requests.request(
      { integrationId, trigger: 'onboarding', requestedBy: name },
      this.queue,
    );
    return connected;
  }

  /** Of a GitHub App the installation is kept, and never the person's own token. */
  private async offered(
    { token, kind }: WaitingToken,
    organization: string,
  ): Promise<OfferedCredential> {
    if (kind !== 'app-user') return { token, kind };
    return { installationId: (await this.installations.find(token, organization)).id };
  }
}

const sorted = (logins: string[]): string[] => logins.sort((a, b) => a.localeCompare(b));

const organizationMissing = () =>
  new PublicError(
    422,
    'organization_missing',
    'No organization was chosen.',
    'Choose one of the list, or type its name.',
  );
