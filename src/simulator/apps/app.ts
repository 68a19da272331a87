import { createPublicKey, type KeyObject } from 'node:crypto';
import type { SimOrganization } from '../organization.js';
import type { SimUser } from '../user.js';
import { makeAppKeys } from './keys.js';

/** The rights that matter here; an App may have any other. */
export type Permissions = Readonly<
  { members?: 'read' | 'write'; organization_hooks?: 'read' | 'write' } & Record<string, string>
>;

/** Who may ask people to sign in: an OAuth App or a GitHub App. */
export interface OAuthClient {
  readonly kind: 'oauth-app' | 'github-app';
  readonly clientId: string;
  readonly clientSecret: string;
  /** Where people may be sent back to. Any port will do for 127.0.0.1. */
  callbackUrls: readonly string[];
}

export interface AppDetails {
  readonly owner: SimUser | SimOrganization;
  readonly id: number;
  readonly slug: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly callbackUrls?: readonly string[];
  /** PEM. Without one a pair is made, whose private half is `app.privateKey`. */
  readonly publicKey?: string;
  /** Default: `{ members: 'read' }`. */
  readonly permissions?: Permissions;
}

export class SimApp implements OAuthClient {
  readonly kind = 'github-app';
  readonly owner: SimUser | SimOrganization;
  readonly id: number;
  readonly slug: string;
  readonly clientId: string;
  readonly clientSecret: string;
  callbackUrls: readonly string[];
  /** What an organization is asked for; what it granted is its installation's. */
  permissions: Permissions;
  /** PEM, where the key was made here. */
  readonly privateKey: string | undefined;
  readonly publicKey: KeyObject;
  /** By the organization's id. */
  readonly installations = new Map<number, SimInstallation>();

  constructor(details: AppDetails) {
    const keys = details.publicKey === undefined ? makeAppKeys() : undefined;
    this.owner = details.owner;
    this.id = details.id;
    this.slug = details.slug;
    this.clientId = details.clientId;
    this.clientSecret = details.clientSecret;
    this.callbackUrls = details.callbackUrls ?? [];
    this.permissions = details.permissions ?? { members: 'read' };
    this.privateKey = keys?.privateKey;
    this.publicKey = createPublicKey(keys?.publicKey ?? details.publicKey ?? '');
  }

  /** Whose name its installations act in. */
  get botLogin(): string {
    return `${this.slug}[bot]`;
  }

  installationOn(organization: SimOrganization): SimInstallation | undefined {
    return this.installations.get(organization.id);
  }
}

export interface InstallationOptions {
  /** What the organization granted. Default: what the App asks for. */
  readonly permissions?: Permissions;
  readonly suspended?: boolean;
}

/** An App as one organization has installed it. */
export class SimInstallation {
  permissions: Permissions;
  suspended: boolean;

  constructor(
    readonly id: number,
    readonly app: SimApp,
    readonly organization: SimOrganization,
    options: InstallationOptions,
  ) {
    this.permissions = options.permissions ?? app.permissions;
    this.suspended = options.suspended ?? false;
  }
}
