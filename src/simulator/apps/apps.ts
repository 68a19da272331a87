import type { Hooks } from '../hooks/hooks.js';
import type { SimOrganization } from '../organization.js';
import type { InstallationOptions, Permissions } from './app.js';
import { type AppDetails, type OAuthClient, SimApp, SimInstallation } from './app.js';

const FIRST_INSTALLATION = 40_000_001;

export interface OAuthAppDetails {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly callbackUrls: readonly string[];
}

/** The Apps that are registered, and where they are installed. */
export class Apps {
  private readonly clients = new Map<string, OAuthClient>();
  private readonly apps = new Map<number, SimApp>();
  private readonly installations = new Map<number, SimInstallation>();
  private nextInstallation = FIRST_INSTALLATION;

  constructor(private readonly hooks: Hooks) {}

  /** @throws Error when the id or the client id is taken */
  add(details: AppDetails): SimApp {
    if (this.apps.has(details.id)) throw new Error(`The App id ${details.id} is taken`);
    const app = new SimApp(details);
    this.addClient(app);
    this.apps.set(app.id, app);
    return app;
  }

  /** @throws Error when the client id is taken */
  addOAuthApp(details: OAuthAppDetails): OAuthClient {
    const client: OAuthClient = { ...details, kind: 'oauth-app' };
    this.addClient(client);
    return client;
  }

  /** @throws Error when the organization has it already */
  install(
    app: SimApp,
    organization: SimOrganization,
    options: InstallationOptions,
  ): SimInstallation {
    if (app.installationOn(organization)) throw new Error(`${organization.login} has ${app.slug}`);
    const installation = new SimInstallation(this.nextInstallation++, app, organization, options);
    this.installations.set(installation.id, installation);
    app.installations.set(organization.id, installation);
    return installation;
  }

  uninstall(installation: SimInstallation): void {
    this.installations.delete(installation.id);
    installation.app.installations.delete(installation.organization.id);
    this.hooks.installationChanged(installation, 'deleted');
  }

  suspend(installation: SimInstallation): void {
    installation.suspended = true;
    this.hooks.installationChanged(installation, 'suspend');
  }

  unsuspend(installation: SimInstallation): void {
    installation.suspended = false;
    this.hooks.installationChanged(installation, 'unsuspend');
  }

  /** An owner grants what the App asks for now, or something else. */
  acceptPermissions(
    installation: SimInstallation,
    permissions: Permissions = installation.app.permissions,
  ): void {
    installation.permissions = permissions;
    this.hooks.installationChanged(installation, 'new_permissions_accepted');
  }

  installationsOn(organization: SimOrganization): SimInstallation[] {
    return [...this.installations.values()].filter((one) => one.organization === organization);
  }

  installation(id: number): SimInstallation | undefined {
    return this.installations.get(id);
  }

  client(clientId: string): OAuthClient | undefined {
    return this.clients.get(clientId);
  }

  /** @param iss a JWT's claim: the App's id, as a number or a string, or its client id */
  issuer(iss: unknown): SimApp | undefined {
    const client = this.clients.get(String(iss));
    return client instanceof SimApp ? client : this.apps.get(Number(iss));
  }

  private addClient(client: OAuthClient): void {
    if (this.clients.has(client.clientId)) {
      throw new Error(`The client id ${client.clientId} is taken`);
    }
    this.clients.set(client.clientId, client);
  }
}
