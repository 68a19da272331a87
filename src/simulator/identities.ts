import type { SimMembership } from './membership.js';
import type { SimUser } from './user.js';

/** Somebody at the organization's identity provider. */
export interface SimIdentity {
  readonly guid: string;
  /** In the order in which they were made. */
  readonly number: number;
  /** Null until somebody links it. */
  readonly user: SimUser | null;
  readonly saml: { readonly nameId: string; readonly emails: readonly string[] } | null;
  readonly scim: { readonly username: string; readonly emails: readonly string[] } | null;
}

interface IdentityDetails {
  readonly nameId?: string;
  readonly scimUserName?: string;
  readonly emails?: readonly string[];
}

/** The identities of single sign-on that is set up at the organization, and the addresses in its verified domains. */
export class SimIdentities {
  /** Whether single sign-on is set up here; at an enterprise, it is not. */
  isSetUp = false;
  private readonly verified = new Map<number, readonly string[]>();
  private identities: SimIdentity[] = [];
  private readonly ofUsers = new Map<SimUser, SimIdentity[]>();
  private shown: { members: readonly SimMembership[]; list: readonly SimIdentity[] } | undefined;
  private lastNumber = 0;

  /** @param holder the user with a login */
  constructor(private readonly holder: (login: string) => SimUser | undefined) {}

  /** In the order in which they were made. */
  list(): readonly SimIdentity[] {
    return this.identities;
  }

  /** Those of members. @param members the same array until somebody comes or goes */
  ofMembers(members: readonly SimMembership[]): readonly SimIdentity[] {
    if (this.shown?.members !== members) {
      const users = new Set(members.map(({ user }) => user));
      const list = this.identities.filter(({ user }) => user && users.has(user));
      this.shown = { members, list };
    }
    return this.shown.list;
  }

  /** Those of the user with this login, in any case. */
  ofLogin(login: string): readonly SimIdentity[] {
    const user = this.holder(login);
    return (user && this.ofUsers.get(user)) ?? [];
  }

  /** Sets single sign-on up where it is not. @param user null for somebody who has not signed in yet */
  link(user: SimUser | null, { nameId, scimUserName, emails = [] }: IdentityDetails): SimIdentity {
    this.isSetUp = true;
    const number = ++this.lastNumber;
    const identity = {
      ...{ guid: `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`, number, user },
      saml: nameId === undefined ? null : { nameId, emails },
      scim: scimUserName === undefined ? null : { username: scimUserName, emails },
    };
    this.identities.push(identity);
    this.shown = undefined;
    if (user) this.ofUsers.set(user, [...(this.ofUsers.get(user) ?? []), identity]);
    return identity;
  }

  unlink(identity: SimIdentity): void {
    this.identities = this.identities.filter((one) => one !== identity);
    this.shown = undefined;
    const { user } = identity;
    if (user)
      this.ofUsers.set(
        user,
        this.identities.filter((one) => one.user === user),
      );
  }

  /** Sets somebody's addresses in the organization's verified domains. */
  verifyEmails(user: SimUser, emails: readonly string[]): void {
    this.verified.set(user.id, emails);
  }

  verifiedEmailsOf(user: SimUser): readonly string[] {
    return this.verified.get(user.id) ?? [];
  }
}
