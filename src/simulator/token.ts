import type { SimApp, SimInstallation } from './apps/app.js';
import type { SimOrganization } from './organization.js';
import type { SimUser } from './user.js';

/**
 * `oauth` is an OAuth App's token of a user (`gho_`), `app-user` a GitHub App's (`ghu_`), and `installation` a GitHub
 * App's own in an organization (`ghs_`).
 */
export type TokenKind = 'classic' | 'fine-grained' | 'oauth' | 'app-user' | 'installation';

export type Approval = 'approved' | 'pending';

export interface TokenDetails {
  readonly token: string;
  readonly user: SimUser;
  /** Of classic and OAuth tokens. Default: `read:org`, `read:user`. */
  readonly scopes?: readonly string[];
  readonly kind?: Exclude<TokenKind, 'installation'>;
  /** Of fine-grained tokens: whether "Members: read" is granted. Default: yes. */
  readonly membersPermission?: boolean;
  /** Of fine-grained tokens: what "Webhooks" is granted to. Default: nothing. */
  readonly hooksPermission?: 'read' | 'write';
  /** Of fine-grained tokens: whether the organization has approved it. Default: `approved`. */
  readonly approval?: Approval;
  /** Of tokens with scopes: organizations with single sign-on that it may be used for. More by `authorizeSso`. */
  readonly ssoAuthorized?: readonly SimOrganization[];
  /** Of `app-user` tokens. */
  readonly app?: SimApp;
  /** Milliseconds since 1970, UTC. Default: never. */
  readonly expiresAt?: number;
}

export interface InstallationTokenDetails {
  readonly token: string;
  readonly installation: SimInstallation;
  /** Whether it may read members, where the installation may. */
  readonly membersPermission: boolean;
  readonly expiresAt: number;
}

/** What a wider scope includes. Source: GitHub's page "Scopes for OAuth apps". */
const INCLUDES: Readonly<Record<string, readonly string[]>> = {
  'admin:org': ['write:org', 'read:org'],
  'write:org': ['read:org'],
  user: ['read:user', 'user:email'],
};

export class SimToken {
  readonly token: string;
  readonly kind: TokenKind;
  /** Nobody, for an installation's token. */
  readonly user: SimUser | undefined;
  readonly installation: SimInstallation | undefined;
  readonly app: SimApp | undefined;
  readonly scopes: readonly string[];
  readonly expiresAt: number;
  approval: Approval;
  private readonly ssoAuthorized: Set<SimOrganization>;
  private readonly effective: ReadonlySet<string>;
  private readonly membersPermission: boolean;
  private readonly hooksPermission: 'read' | 'write' | undefined;

  constructor(details: TokenDetails | InstallationTokenDetails) {
    const installation = 'installation' in details ? details.installation : undefined;
    const owned = 'user' in details ? details : undefined;
    this.token = details.token;
    this.kind = installation ? 'installation' : (owned?.kind ?? 'classic');
    this.user = owned?.user;
    this.installation = installation;
    this.app = installation?.app ?? owned?.app;
    this.scopes = this.hasScopes ? (owned?.scopes ?? ['read:org', 'read:user']) : [];
    this.effective = new Set(this.scopes.flatMap((scope) => [scope, ...(INCLUDES[scope] ?? [])]));
    this.expiresAt = details.expiresAt ?? Number.POSITIVE_INFINITY;
    this.membersPermission = details.membersPermission ?? true;
    this.hooksPermission = owned?.hooksPermission;
    this.approval = owned?.approval ?? 'approved';
    this.ssoAuthorized = new Set(owned?.ssoAuthorized);
  }

  get hasScopes(): boolean {
    return this.kind === 'classic' || this.kind === 'oauth';
  }

  /** Whether it has one of the scopes. Tokens with permissions know no scopes and lack none. */
  hasAny(...scopes: string[]): boolean {
    return !this.hasScopes || scopes.some((scope) => this.effective.has(scope));
  }

  /** By its own rights, wherever it is valid. */
  get readsMembers(): boolean {
    if (this.hasScopes) return this.effective.has('read:org');
    return this.membersPermission && this.approval === 'approved';
  }

  readsMembersOf(organization: SimOrganization): boolean {
    if (!this.readsMembers) return false;
    return !this.app || this.grantedBy(organization)?.permissions.members !== undefined;
  }

  /** Whether its rights allow to see an organization's webhooks, or to change them; whose they are is another question. */
  managesHooksOf(organization: SimOrganization, level: 'read' | 'write'): boolean {
    if (this.hasScopes) return this.effective.has('admin:org_hook');
    const granted = this.app
      ? this.grantedBy(organization)?.permissions.organization_hooks
      : this.hooksPermission;
    const isApproved = this.approval === 'approved';
    return isApproved && (granted === 'write' || granted === level);
  }

  authorizeSso(organization: SimOrganization): void {
    this.ssoAuthorized.add(organization);
  }

  /** Whether the organization first wants its user to sign in and authorize it. Permissions are given there anyway. */
  needsSso(organization: SimOrganization): boolean {
    const asked = organization.ssoRequired && organization.membership(this.user) !== undefined;
    return asked && this.hasScopes && !this.ssoAuthorized.has(organization);
  }

  /** What the organization has granted to the token's App. */
  grantedBy(organization: SimOrganization): SimInstallation | undefined {
    const found = this.installation ?? this.app?.installationOn(organization);
    return found?.organization === organization && !found.suspended ? found : undefined;
  }
}
