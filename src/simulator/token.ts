import type { SimUser } from './user.js';

export type TokenKind = 'classic' | 'fine-grained';

export interface TokenDetails {
  readonly token: string;
  readonly user: SimUser;
  /** Of classic and OAuth tokens. Default: `read:org`, `read:user`. */
  readonly scopes?: readonly string[];
  readonly kind?: TokenKind;
  /** Of fine-grained tokens: whether "Members: read" is granted. Default: yes. */
  readonly membersPermission?: boolean;
}

/** What a wider scope includes. Source: GitHub's page "Scopes for OAuth apps". */
const INCLUDES: Readonly<Record<string, readonly string[]>> = {
  'admin:org': ['write:org', 'read:org'],
  'write:org': ['read:org'],
  user: ['read:user', 'user:email'],
};

export class SimToken {
  readonly user: SimUser;
  readonly kind: TokenKind;
  readonly scopes: readonly string[];
  private readonly effective: ReadonlySet<string>;
  private readonly membersPermission: boolean;

  constructor(details: TokenDetails) {
    this.user = details.user;
    this.kind = details.kind ?? 'classic';
    this.scopes = this.kind === 'classic' ? (details.scopes ?? ['read:org', 'read:user']) : [];
    this.effective = new Set(this.scopes.flatMap((scope) => [scope, ...(INCLUDES[scope] ?? [])]));
    this.membersPermission = details.membersPermission ?? true;
  }

  /** Whether a classic token has one of the scopes. Fine-grained tokens know no scopes and lack none. */
  hasAny(...scopes: string[]): boolean {
    return this.kind !== 'classic' || scopes.some((scope) => this.effective.has(scope));
  }

  get readsMembers(): boolean {
    return this.kind === 'classic' ? this.effective.has('read:org') : this.membersPermission;
  }
}
