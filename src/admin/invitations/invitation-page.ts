import { Inject, Injectable } from '@nestjs/common';
import {
  InvitationAcceptance,
  type OpenInvitation,
} from '../../accounts/invitations/invitation-acceptance.js';
import { AccountService } from '../../accounts/users/account.service.js';
import type { Config } from '../../config/config.js';
import { CONFIG } from '../../config/config.module.js';
import { PASSWORD_MIN_LENGTH } from '../../config/password-form.js';

interface More {
  typed?: { name: string };
  faults?: object;
}

/** What the page asks for: a new account, a sign-in, a yes, or that somebody else signs out. */
type Step = 'new' | 'sign-in' | 'accept' | 'other';

/** The data of the page of an invitation. */
@Injectable()
export class InvitationPage {
  constructor(
    private readonly acceptance: InvitationAcceptance,
    private readonly accounts: AccountService,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** @param userId who is signed in, if anybody is */
  async view(code: string, userId: number | undefined, more: More = {}) {
    const open = await this.acceptance.find(code);
    const { email, role, invitedBy, expiresAt } = open.invitation;
    const { teamSlug } = open;
    const step = this.stepFor(open, userId);
    return {
      title: `Join the team ${teamSlug}`,
      ...{ code, email, role, invitedBy, expiresAt, teamSlug, step },
      hasAccount: open.user !== null,
      signedInAs: step === 'other' && userId ? (await this.accounts.get(userId)).email : undefined,
      least: PASSWORD_MIN_LENGTH,
      ...more,
    };
  }

  private stepFor({ user }: OpenInvitation, userId: number | undefined): Step {
    if (userId !== undefined) return user?.id === userId ? 'accept' : 'other';
    // Without passwords, the identity provider makes the account at the first sign-in.
    return user || !this.config.passwordSignIn ? 'sign-in' : 'new';
  }
}
