import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts/accounts.module.js';
import { IntegrationsModule } from '../integrations/integrations.module.js';
import { NotificationsModule } from '../notifications/notifications.module.js';
import { OnboardingModule } from '../onboarding/onboarding.module.js';
import { ReviewsModule } from '../reviews/reviews.module.js';
import { AccountController } from './account/account.controller.js';
import { AccountPage } from './account/account-page.js';
import { PasswordController } from './account/password.controller.js';
import { ApiTokensController } from './api-tokens/api-tokens.controller.js';
import { ApiTokensPage } from './api-tokens/api-tokens-page.js';
import { AuditController } from './audit/audit.controller.js';
import { AuditPage } from './audit/audit-page.js';
import { GithubTeamController } from './github-teams/github-team.controller.js';
import { GithubTeamPage } from './github-teams/github-team-page.js';
import { GithubTeamsController } from './github-teams/github-teams.controller.js';
import { GithubTeamsPage } from './github-teams/github-teams-page.js';
import { TeamHistory } from './github-teams/team-history.js';
import { DisconnectController } from './integrations/disconnect.controller.js';
import { DisconnectPage } from './integrations/disconnect-page.js';
import { IntegrationsController } from './integrations/integrations.controller.js';
import { IntegrationsPage } from './integrations/integrations-page.js';
import { InvitationPage } from './invitations/invitation-page.js';
import { InvitationsController } from './invitations/invitations.controller.js';
import { ChosenMembersController } from './members/chosen-members.controller.js';
import { DirectoryTeams } from './members/directory-team.js';
import { MemberStatusController } from './members/member-status.controller.js';
import { MembersController } from './members/members.controller.js';
import { MembersDiffController } from './members/members-diff.controller.js';
import { MembersDiffExportController } from './members/members-diff-export.controller.js';
import { MembersDiffPage } from './members/members-diff-page.js';
import { MembersExportController } from './members/members-export.controller.js';
import { MembersPage } from './members/members-page.js';
import { PastMembersPage } from './members/past-members-page.js';
import { PresentMembersPage } from './members/present-members-page.js';
import { ChannelController } from './notifications/channel.controller.js';
import { ChannelDeliveriesController } from './notifications/channel-deliveries.controller.js';
import { ChannelPage } from './notifications/channel-page.js';
import { ChannelsController } from './notifications/channels.controller.js';
import { ChannelsPage } from './notifications/channels-page.js';
import { OrganizationInvitationsController } from './organization-invitations/organization-invitations.controller.js';
import { OrganizationInvitationsPage } from './organization-invitations/organization-invitations-page.js';
import { FirstSteps } from './overview/first-steps.js';
import { OverviewController } from './overview/overview.controller.js';
import { OverviewPage } from './overview/overview-page.js';
import { MatchesController } from './people-list/matches.controller.js';
import { MatchesPage } from './people-list/matches-page.js';
import { PeopleListController } from './people-list/people-list.controller.js';
import { PeopleListPage } from './people-list/people-list-page.js';
import { PersonController } from './person/person.controller.js';
import { PersonHistory } from './person/person-history.js';
import { PersonPage } from './person/person-page.js';
import { PersonParts } from './person/person-parts.js';
import { EvidenceController } from './reviews/evidence.controller.js';
import { EvidencePage } from './reviews/evidence-page.js';
import { ReviewController } from './reviews/review.controller.js';
import { ReviewAnswers } from './reviews/review-answers.js';
import { ReviewDecisionsController } from './reviews/review-decisions.controller.js';
import { ReviewPage } from './reviews/review-page.js';
import { ReviewsController } from './reviews/reviews.controller.js';
import { ReviewsPage } from './reviews/reviews-page.js';
import { HeldRemovalsView } from './runs/held-removals-view.js';
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
import { WebhookSettingsController } from './settings/webhook.controller.js';
import { WebhookHookController } from './settings/webhook-hook.controller.js';
import { PartsNav } from './shared/parts-nav.js';
import { GithubSignInController } from './sign-in/github-sign-in.controller.js';
import { OidcController } from './sign-in/oidc.controller.js';
import { SignInController } from './sign-in/sign-in.controller.js';
import { SignInLinkController } from './sign-in/sign-in-link.controller.js';
import { TeamController } from './sign-in/team.controller.js';
import { FirstAdminController } from './teams/first-admin.controller.js';
import { TeamDeletionController } from './teams/team-deletion.controller.js';
import { TeamsController } from './teams/teams.controller.js';
import { TeamsPage } from './teams/teams-page.js';
import { UserController } from './users/user.controller.js';
import { UsersController } from './users/users.controller.js';
import { UsersPage } from './users/users-page.js';

/** The pages. */
@Module({
  imports: [
    AccountsModule,
    IntegrationsModule,
    NotificationsModule,
    OnboardingModule,
    ReviewsModule,
  ],
  controllers: [
    AccountController,
    ApiTokensController,
    AuditController,
    ChannelController,
    ChannelDeliveriesController,
    ChannelsController,
    ChosenMembersController,
    DisconnectController,
    FirstAdminController,
    GithubSignInController,
    // The list before one team: `export` is no team.
    GithubTeamsController,
    GithubTeamController,
    // Before the runs: its address would be taken for a run's.
    HistoryExportController,
    IntegrationsController,
    InvitationsController,
    MembersController,
    OrganizationInvitationsController,
    MembersDiffController,
    MembersDiffExportController,
    MembersExportController,
    MemberStatusController,
    MatchesController,
    OverviewController,
    OidcController,
    PasswordController,
    PeopleListController,
    // After the other pages of members: their addresses would be taken for a person's.
    PersonController,
    ReviewsController,
    EvidenceController,
    ReviewController,
    ReviewDecisionsController,
    RunCancellationController,
    RunChangesExportController,
    RunRemovalsController,
    RunsController,
    RunUndoController,
    SettingsController,
    SignInController,
    SignInLinkController,
    TeamController,
    TeamDeletionController,
    TeamsController,
    UserController,
    UsersController,
    WebhookHookController,
    WebhookSettingsController,
  ],
  providers: [
    EvidencePage,
    ReviewAnswers,
    ReviewPage,
    ReviewsPage,
    AccountPage,
    ApiTokensPage,
    AuditPage,
    ChannelPage,
    ChannelsPage,
    DisconnectPage,
    GithubTeamPage,
    GithubTeamsPage,
    TeamHistory,
    IntegrationsPage,
    FirstSteps,
    InvitationPage,
    MembersDiffPage,
    DirectoryTeams,
    MembersPage,
    OrganizationInvitationsPage,
    MatchesPage,
    OverviewPage,
    PartsNav,
    PastMembersPage,
    PresentMembersPage,
    PeopleListPage,
    PersonHistory,
    PersonPage,
    PersonParts,
    RunChangesPage,
    HeldRemovalsView,
    RunPage,
    RunsPage,
    SettingsPage,
    TeamsPage,
    UsersPage,
  ],
})
export class AdminModule {}
