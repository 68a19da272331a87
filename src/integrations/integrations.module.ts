import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AccountsModule } from '../accounts/accounts.module.js';
import { GithubModule } from '../github/github.module.js';
import { MembersModule } from '../members/members.module.js';
import { Activity } from './activity/activity.js';
import { RecentChanges } from './activity/recent-changes.js';
import { IntegrationConnector } from './connecting/integration-connector.js';
import { IntegrationDisconnection } from './connecting/integration-disconnection.js';
import { ConnectedOrganizations } from './connections/connected-organizations.js';
import { Credential } from './connections/credential.entity.js';
import { CredentialHealths } from './connections/credential-healths.js';
import { Directories } from './connections/directories.js';
import { GithubCredentials } from './connections/github-credentials.js';
import { GithubIntegration } from './connections/github-integration.entity.js';
import { IntegrationsService } from './connections/integrations.service.js';
import { TeamGithubTeams } from './connections/team-github-teams.js';
import { TeamPeople } from './connections/team-people.js';
import { EventStreams } from './events/event-streams.js';
import { EventsController } from './events/events.controller.js';
import { IntegrationWatch } from './events/integration-watch.js';
import { HeavyReads } from './exports/heavy-reads.js';
import { Hint } from './hints/hint.entity.js';
import { HintGathering } from './hints/hint-gathering.js';
import { HintedRuns } from './hints/hinted-runs.js';
import { TakenHints } from './hints/taken-hints.js';
import { GithubMembersService } from './member-sync/github-members.service.js';
import { ListCheckpoints } from './member-sync/list-checkpoints.js';
import { MemberListPage } from './member-sync/member-list-page.entity.js';
import { MemberRemovals } from './member-sync/member-removals.js';
import { MemberSyncProcessor } from './member-sync/member-sync.processor.js';
import { MemberSyncRunner } from './member-sync/member-sync-runner.js';
import { OrganizationAccesses } from './member-sync/organization-accesses.js';
import { PeopleSyncService } from './member-sync/people-sync.service.js';
import { MemberSyncController } from './member-sync.controller.js';
import { NotificationChannel } from './outbox/notification-channel.entity.js';
import { OutboxEntry } from './outbox/outbox-entry.entity.js';
import { GithubTeamsPart } from './parts/github-teams-part.js';
import { IdentitiesPart } from './parts/identities-part.js';
import { IntegrationPart } from './parts/integration-part.entity.js';
import { IntegrationParts } from './parts/integration-parts.js';
import { InvitationsPart } from './parts/invitations-part.js';
import { OutsideCollaboratorsPart } from './parts/outside-collaborators-part.js';
import { PART_SYNCS, type PartSync } from './parts/part-sync.js';
import { PartsSync } from './parts/parts-sync.js';
import { PeopleQuestions } from './parts/people-questions.js';
import { ApprovedRemovals } from './removals/approved-removals.js';
import { ApprovedTeamRemovals } from './removals/approved-team-removals.js';
import { HeldRemoval } from './removals/held-removal.entity.js';
import { HeldRemovals } from './removals/held-removals.js';
import { HeldTeamRemoval } from './removals/held-team-removal.entity.js';
import { RunUndo } from './removals/run-undo.js';
import { CurrentSync } from './runs/current-sync.js';
import { MemberSyncCancellation } from './runs/member-sync-cancellation.js';
import { MemberSyncClaims } from './runs/member-sync-claims.js';
import { MemberSyncRequests } from './runs/member-sync-requests.js';
import { MemberSyncRun } from './runs/member-sync-run.entity.js';
import { MemberSyncRuns } from './runs/member-sync-runs.js';
import { RefusedRuns } from './runs/refused-runs.js';
import { RunHandOver } from './runs/run-hand-over.js';
import { IntegrationSchedules } from './schedules/integration-schedules.js';
import { secretKeyChecked } from './secret-key/secret-key.provider.js';
import { SecretKeyCheck } from './secret-key/secret-key-check.entity.js';
import { SecretKeyRotation } from './secret-key/secret-key-rotation.js';
import { TeamDeletion } from './team-deletion/team-deletion.js';
import { HookCleanup } from './webhooks/hook-cleanup.js';
import { WebhookPresence } from './webhooks/missed/webhook-presence.entity.js';
import { WebhookRedelivery } from './webhooks/missed/webhook-redelivery.entity.js';
import { OrganizationHooks } from './webhooks/organization-hook.js';
import { Deliveries } from './webhooks/receiving/deliveries.js';
import { DeliveryReceiver } from './webhooks/receiving/delivery-receiver.js';
import { DeliveryTargets } from './webhooks/receiving/delivery-targets.js';
import { Receivers } from './webhooks/receiving/receivers.js';
import { RefusedDeliveries } from './webhooks/receiving/refused-deliveries.js';
import { Webhook } from './webhooks/webhook.entity.js';
import { WebhookDelivery } from './webhooks/webhook-delivery.entity.js';
import { WebhookStatus } from './webhooks/webhook-status.js';
import { Webhooks } from './webhooks/webhooks.service.js';

/** Integrations, their runs, and the endpoints to sync and to watch. The API is in ApiModule. */
@Module({
  imports: [
    AccountsModule,
    GithubModule,
    MembersModule,
    TypeOrmModule.forFeature([
      Credential,
      GithubIntegration,
      HeldRemoval,
      HeldTeamRemoval,
      Hint,
      IntegrationPart,
      MemberListPage,
      MemberSyncRun,
      NotificationChannel,
      OutboxEntry,
      SecretKeyCheck,
      Webhook,
      WebhookDelivery,
      WebhookPresence,
      WebhookRedelivery,
    ]),
  ],
  controllers: [EventsController, MemberSyncController],
  providers: [
    Activity,
    RecentChanges,
    ConnectedOrganizations,
    CredentialHealths,
    CurrentSync,
    Directories,
    GithubCredentials,
    GithubMembersService,
    RefusedRuns,
    EventStreams,
    HeavyReads,
    IntegrationSchedules,
    ApprovedRemovals,
    ApprovedTeamRemovals,
    HeldRemovals,
    HintGathering,
    HintedRuns,
    HookCleanup,
    OrganizationHooks,
    TakenHints,
    PeopleSyncService,
    RunUndo,
    IntegrationParts,
    PeopleQuestions,
    PartsSync,
    // Further parts are injected here, in the order of `PARTS`.
    {
      provide: PART_SYNCS,
      useFactory: (...parts: PartSync[]) => parts,
      inject: [OutsideCollaboratorsPart, InvitationsPart, GithubTeamsPart, IdentitiesPart],
    },
    InvitationsPart,
    OutsideCollaboratorsPart,
    GithubTeamsPart,
    IdentitiesPart,
    ListCheckpoints,
    OrganizationAccesses,
    IntegrationConnector,
    IntegrationDisconnection,
    IntegrationsService,
    IntegrationWatch,
    MemberRemovals,
    MemberSyncCancellation,
    MemberSyncClaims,
    MemberSyncProcessor,
    MemberSyncRequests,
    MemberSyncRunner,
    MemberSyncRuns,
    RunHandOver,
    secretKeyChecked,
    SecretKeyRotation,
    TeamDeletion,
    TeamGithubTeams,
    TeamPeople,
    Deliveries,
    DeliveryReceiver,
    DeliveryTargets,
    Receivers,
    RefusedDeliveries,
    Webhooks,
    WebhookStatus,
  ],
  exports: [
    Activity,
    RecentChanges,
    ConnectedOrganizations,
    CredentialHealths,
    CurrentSync,
    Directories,
    GithubCredentials,
    IntegrationConnector,
    IntegrationDisconnection,
    IntegrationParts,
    PeopleQuestions,
    IntegrationSchedules,
    IntegrationsService,
    HeavyReads,
    HeldRemovals,
    HintGathering,
    OrganizationHooks,
    HintedRuns,
    MemberSyncCancellation,
    RunUndo,
    MemberSyncRequests,
    MemberSyncRunner,
    MemberSyncRuns,
    MembersModule,
    RunHandOver,
    TeamDeletion,
    TeamGithubTeams,
    TeamPeople,
    Webhooks,
    WebhookStatus,
  ],
})
export class IntegrationsModule {}
