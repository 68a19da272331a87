import { Module } from '@nestjs/common';
import { IntegrationsModule } from '../integrations/integrations.module.js';
import { OnboardingController } from './onboarding.controller.js';
import { OnboardingService } from './onboarding.service.js';
import { WaitingTokens } from './waiting-tokens.service.js';

/** Connecting GitHub, page by page. */
@Module({
  imports: [IntegrationsModule],
  controllers: [OnboardingController],
  providers: [OnboardingService, WaitingTokens],
})
export class OnboardingModule {}
