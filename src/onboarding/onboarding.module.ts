import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts/accounts.module.js';
import { GithubModule } from '../github/github.module.js';
import { IntegrationsModule } from '../integrations/integrations.module.js';
import { AppInstallations } from './app-installations.js';
import { Connections } from './connections.js';
import { DemoController } from './demo.controller.js';
import { GithubSignInController } from './github-sign-in.controller.js';
import { GithubSignIns } from './github-sign-ins.js';
import { OnboardingController } from './onboarding.controller.js';
import { OnboardingService } from './onboarding.service.js';
import { GithubAdmission } from './sign-in/github-admission.js';
import { GithubProof } from './sign-in/github-proof.js';
import { GithubRechecks } from './sign-in/github-rechecks.js';
import { GithubSignOn } from './sign-in/github-sign-on.js';
import { MemberStandings } from './sign-in/member-standings.js';
import { TypedAnswers } from './typed-answers.js';
import { WaitingTokens } from './waiting-tokens.js';

/** The pages that connect GitHub, and the sign-in with it. */
@Module({
  imports: [AccountsModule, GithubModule, IntegrationsModule],
  controllers: [OnboardingController, DemoController, GithubSignInController],
  providers: [
    AppInstallations,
    Connections,
    GithubAdmission,
    GithubProof,
    GithubRechecks,
    GithubSignIns,
    GithubSignOn,
    MemberStandings,
    OnboardingService,
    TypedAnswers,
    WaitingTokens,
  ],
  exports: [GithubSignOn],
})
export class OnboardingModule {}
