import { Module } from '@nestjs/common';
import { GithubModule } from '../github/github.module.js';
import { IntegrationsModule } from '../integrations/integrations.module.js';
import { AppInstallations } from './app-installations.js';
import { Connections } from './connections.js';
import { DemoController } from './demo.controller.js';
import { GithubSignInController } from './github-sign-in.controller.js';
import { GithubSignIns } from './github-sign-ins.js';
import { OnboardingController } from './onboarding.controller.js';
import { OnboardingService } from './onboarding.service.js';
import { TypedAnswers } from './typed-answers.js';
import { WaitingTokens } from './waiting-tokens.js';

/** The pages that connect GitHub. */
@Module({
  imports: [GithubModule, IntegrationsModule],
  controllers: [OnboardingController, DemoController, GithubSignInController],
  providers: [
    AppInstallations,
    Connections,
    GithubSignIns,
    OnboardingService,
    TypedAnswers,
    WaitingTokens,
  ],
})
export class OnboardingModule {}
