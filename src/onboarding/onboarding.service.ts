import { Inject, Injectable } from '@nestjs/common';
import type { Identity } from '../accounts/identity.js';
import type { Config } from '../config/config.js';
import { CONFIG } from '../config/config.module.js';
import { organizationLogin } from '../github/access/organization-name.js';
import { DEMO_API_URL, DemoGithub } from '../github/demo/demo-github.js';
import { addressOf, type OfferedCredential } from '../integrations/connecting/connect-request.js';
import { IntegrationConnector } from '../integrations/connecting/integration-connector.js';
import type { Connected } from '../integrations/connecting/store-integration.js';
import { IntegrationsService } from '../integrations/connections/integrations.service.js';
import { AppInstallations } from './app-installations.js';
import { Connections } from './connections.js';
import { presentViewer } from './organization-choice.js';
import { tokenPages } from './token-pages.js';
import type { Typed } from './typed-answers.js';
import type { WaitingToken } from './waiting-tokens.js';

/** The logic of the steps that connect GitHub. */
@Injectable()
export class OnboardingService {
  constructor(
    private readonly connector: IntegrationConnector,
    private readonly connections: Connections,
    private readonly installations: AppInstallations,
    private readonly integrations: IntegrationsService,
    private readonly demo: DemoGithub,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** What the first page shows. */
  get start() {
    const { oauth, apiUrl } = this.config.github;
    return {
      title: 'Connect GitHub',
      hasSignIn: oauth !== undefined,
      offersDemo: this.demo.isThere,
      ...tokenPages(apiUrl),
    };
  }

  /** What to type to connect the team's integration again. @throws PublicError `integration_not_found` */
  async replaced(
    { teamId }: Identity,
    id: number,
  ): Promise<Pick<Typed, 'apiUrl' | 'organization'>> {
    const { apiUrl, organizationLogin } = await this.integrations.get(teamId, id);
    const isOwn = apiUrl === this.config.github.apiUrl || apiUrl === DEMO_API_URL;
    return { apiUrl: isOwn ? '' : apiUrl, organization: organizationLogin };
  }

  /** The kind of a token from a sign-in. */
  get signInKind(): WaitingToken['kind'] {
    return this.config.github.app ? 'app-user' : 'oauth';
  }

  /**
   * The logins of the organizations that the token's owner may choose from: none for a fine-grained token, for which
   * GitHub gives no list; for a GitHub App those that have it installed, and the link to install it.
   * @throws GithubFailure for an unsuitable token
   */
  async choices({ token, kind, apiUrl }: WaitingToken) {
    if (kind !== 'app-user') {
      const { viewer, organizations } = await this.connector.inspect(token, apiUrl);
      return {
        viewer: presentViewer(viewer),
        logins: sorted(organizations.map(({ login }) => login)),
      };
    }
    const [own, installLink] = await Promise.all([
      this.installations.ofPerson(token),
      this.installations.installLink(),
    ]);
    return { logins: sorted(own.map(({ account }) => account.login)), installLink };
  }

  /** @throws PublicError, with nothing stored */
  async connect(identity: Identity, waiting: WaitingToken, typed: Typed): Promise<Connected> {
    const { publicOnly } = typed;
    const organization = organizationLogin(
      typed.organization,
      addressOf(waiting.apiUrl ?? this.config.github.apiUrl),
    );
    const offered = await this.offered(waiting, organization);
    const { teamId } = identity;
    const { apiUrl } = waiting;
    const where = { teamId, organization, apiUrl, publicOnly };
    return this.connections.open(identity, { ...offered, ...where });
  }

  /** For a GitHub App, the installation is the credential, never the person's own token. */
  private async offered(
    { token, kind }: WaitingToken,
    organization: string,
  ): Promise<OfferedCredential> {
    if (kind !== 'app-user') return { token, kind };
    return { installationId: (await this.installations.find(token, organization)).id };
  }
}

const sorted = (logins: string[]): string[] => logins.sort((a, b) => a.localeCompare(b));
