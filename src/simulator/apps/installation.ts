import type { SimOrganization } from '../organization.js';
import type { Permissions, SimApp } from './app.js';

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
