import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { reasonsOf } from '../../accounts/single-sign-on/provider-failure.js';
import { githubDeclined } from '../../accounts/single-sign-on/sso-failures.js';
import { SsoRounds } from '../../accounts/single-sign-on/sso-rounds.js';
import { unknownSignIn } from '../../github/sign-in/oauth-failures.js';
import { type GithubReturn, OauthFlow, type OauthReason } from '../../github/sign-in/oauth-flow.js';
import { RefusalLog } from '../../platform/observability/refusal-log.js';
import { PublicError } from '../../platform/public-error.js';
import { GithubAdmission } from './github-admission.js';

const REASON: OauthReason = { button: 'Sign in with GitHub', callback: '/sign-in/github/callback' };

/** Signs people in with GitHub: through the web flow of the GitHub App, and back. */
@Injectable()
export class GithubSignOn {
  constructor(
    private readonly oauth: OauthFlow,
    private readonly rounds: SsoRounds,
    private readonly admission: GithubAdmission,
    private readonly refusals: RefusalLog,
  ) {}

  /** The address at GitHub. @param next a path of Rollcall for afterwards @throws PublicError */
  async begin(request: Request, next: string | undefined): Promise<string> {
    this.admission.refuseOff();
    const round = await this.rounds.begin(request, { provider: 'github', next, silent: false });
    return this.oauth.signInUrl(REASON, round);
  }

  /** Where to go after GitHub redirected somebody back. @throws PublicError */
  async finish(request: Request, given: GithubReturn): Promise<string | undefined> {
    this.admission.refuseOff();
    try {
      const round = await this.rounds.take(request, 'github', given.state);
      if (!round) throw unknownSignIn(REASON.button);
      const token = await this.oauth.token(REASON, given, round);
      if (token === null) throw githubDeclined();
      await this.admission.admit(request, token);
      return round.next;
    } catch (error) {
      if (error instanceof PublicError) this.log(request, error);
      throw error;
    }
  }

  private log({ ip }: Request, { code, cause }: PublicError): void {
    const refused = { code, reason: reasonsOf(cause), address: ip };
    this.refusals.write('github_sign_in_refused', refused);
  }
}
