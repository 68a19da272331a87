import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts/accounts.module.js';
import { IntegrationsModule } from '../integrations/integrations.module.js';
import { HomeController } from './home.controller.js';
import { IntegrationsController } from './integrations.controller.js';
import { IntegrationsPage } from './integrations-page.service.js';
import { MembersController } from './members.controller.js';
import { MembersPage } from './members-page.service.js';
import { RunsController } from './runs.controller.js';
import { RunsPage } from './runs-page.service.js';
import { SignInController } from './sign-in.controller.js';

/** The pages. */
@Module({
  imports: [AccountsModule, IntegrationsModule],
  controllers: [
    HomeController,
    IntegrationsController,
    MembersController,
    RunsController,
    SignInController,
  ],
  providers: [IntegrationsPage, MembersPage, RunsPage],
})
export class AdminModule {}
