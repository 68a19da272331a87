import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts/accounts.module.js';
import { IntegrationsModule } from '../integrations/integrations.module.js';
import { ApiTokensController } from './api-tokens.controller.js';
import { ApiTokensPage } from './api-tokens-page.service.js';
import { DisconnectController } from './disconnect.controller.js';
import { DisconnectPage } from './disconnect-page.service.js';
import { HomeController } from './home.controller.js';
import { IntegrationsController } from './integrations.controller.js';
import { IntegrationsPage } from './integrations-page.service.js';
import { MemberStandingController } from './member-standing.controller.js';
import { MembersController } from './members.controller.js';
import { MembersExportController } from './members-export.controller.js';
import { MembersPage } from './members-page.service.js';
import { PastDirectory } from './past-directory.service.js';
import { RunCancellationController } from './run-cancellation.controller.js';
import { RunChangesPage } from './run-changes-page.service.js';
import { RunPage } from './run-page.service.js';
import { RunRemovalsController } from './run-removals.controller.js';
import { RunUndoController } from './run-undo.controller.js';
import { RunsController } from './runs.controller.js';
import { RunsPage } from './runs-page.service.js';
import { SettingsController } from './settings.controller.js';
import { SettingsPage } from './settings-page.service.js';
import { SignInController } from './sign-in.controller.js';
import { TeamController } from './team.controller.js';

/** The pages. */
@Module({
  imports: [AccountsModule, IntegrationsModule],
  controllers: [
    ApiTokensController,
    DisconnectController,
    HomeController,
    IntegrationsController,
    MembersController,
    MembersExportController,
    MemberStandingController,
    RunCancellationController,
    RunRemovalsController,
    RunsController,
    RunUndoController,
    SettingsController,
    SignInController,
    TeamController,
  ],
  providers: [
    ApiTokensPage,
    DisconnectPage,
    IntegrationsPage,
    MembersPage,
    PastDirectory,
    RunChangesPage,
    RunPage,
    RunsPage,
    SettingsPage,
  ],
})
export class AdminModule {}
