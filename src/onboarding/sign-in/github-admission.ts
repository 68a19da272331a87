import { Inject, Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { GithubPeople } from '../../accounts/github-people/github-people.js';
import { renewSession } from '../../accounts/sessions/sessions.js';
import { githubSignInOff } from '../../accounts/single-sign-on/sso-failures.js';
import { SsoSessions } from '../../accounts/single-sign-on/sso-sessions.js';
import type { Config } from '../../config/config.js';
import { CONFIG } from '../../config/config.module.js';
import { GithubProof } from './github-proof.js';

/** Gives a session to people whom GitHub proves to be members of a connected organization. */
@Injectable()
export class GithubAdmission {
  constructor(
    private readonly proof: GithubProof,
    private readonly people: GithubPeople,
    private readonly sessions: SsoSessions,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** @throws PublicError `github_sign_in_off` */
  refuseOff(): void {
    if (!this.config.githubSignIn) throw githubSignInOff();
  }

  /** @param token of the person; it is not kept @throws PublicError `github_not_a_member`, `sso_email_taken`, GithubFailure */
  async admit(request: Request, token: string): Promise<void> {
    const { person, standings } = await this.proof.of(token);
    const { identity, isDue } = await this.people.admit(person, standings);
    await renewSession(request, identity.userId);
    await this.sessions.keep(request, identity, { isDue });
  }
}
