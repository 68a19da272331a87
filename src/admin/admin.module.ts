import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts/accounts.module.js';
import { IntegrationsModule } from '../integrations/integrations.module.js';
import { ApiTokensController } from './api-tokens/api-tokens.controller.js';
import { ApiTokensPage } from './api-tokens/api-tokens-page.js';
import { AuditController } from './audit/audit.controller.js';
import { AuditPage } from './audit/audit-page.js';
import { DisconnectController } from './integrations/disconnect.controller.js';
import { DisconnectPage } from './integrations/disconnect-page.js';
import { IntegrationsController } from './integrations/integrations.controller.js';
import { IntegrationsPage } from './integrations/integrations-page.js';
import { ChosenMembersController } from './members/chosen-members.controller.js';
import { MemberStatusController } from './members/member-status.controller.js';
import { MembersController } from './members/members.controller.js';
import { MembersDiffController } from './members/members-diff.controller.js';
import { MembersDiffExportController } from './members/members-diff-export.controller.js';
import { MembersDiffPage } from './members/members-diff-page.js';
import { MembersExportController } from './members/members-export.controller.js';
import { MembersPage } from './members/members-page.js';
import { PastMembersPage } from './members/past-members-page.js';
import { FirstSteps } from './overview/first-steps.js';
import { OverviewController } from './overview/overview.controller.js';
import { OverviewPage } from './overview/overview-page.js';
import { HistoryExportController } from './runs/history-export.controller.js';
import { RunCancellationController } from './runs/run-cancellation.controller.js';
import { RunChangesExportController } from './runs/run-changes-export.controller.js';
import { RunChangesPage } from './runs/run-changes-page.js';
import { RunPage } from './runs/run-page.js';
import { RunRemovalsController } from './runs/run-removals.controller.js';
import { RunUndoController } from './runs/run-undo.controller.js';
import { RunsController } from './runs/runs.controller.js';
import { RunsPage } from './runs/runs-page.js';
import { SettingsController } from './settings/settings.controller.js';
import { SettingsPage } from './settings/settings-page.js';
import { OidcController } from './sign-in/oidc.controller.js';
import { SignInController } from './sign-in/sign-in.controller.js';
import { SignInLinkController } from './sign-in/sign-in-link.controller.js';
import { TeamController } from './sign-in/team.controller.js';

/** The pages. */
@Module({
  imports: [AccountsModule, IntegrationsModule],
  controllers: [
    ApiTokensController,
    AuditController,
    ChosenMembersController,
    DisconnectController,
    // Before the runs: its address would be taken for a run's.
    HistoryExportController,
    IntegrationsController,
    MembersController,
    MembersDiffController,
    MembersDiffExportController,
    MembersExportController,
    MemberStatusController,
    OverviewController,
    OidcController,
    RunCancellationController,
    RunChangesExportController,
    RunRemovalsController,
    RunsController,
    RunUndoController,
    SettingsController,
    SignInController,
    SignInLinkController,
    TeamController,
  ],
  providers: [
    ApiTokensPage,
    AuditPage,
    DisconnectPage,
    IntegrationsPage,
    FirstSteps,
    MembersDiffPage,
    MembersPage,
    OverviewPage,
    PastMembersPage,
    RunChangesPage,
    RunPage,
    RunsPage,
    SettingsPage,
  ],
})
export class AdminModule {}
