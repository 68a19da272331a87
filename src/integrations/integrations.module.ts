import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AccountsModule } from '../accounts/accounts.module.js';
import { GithubModule } from '../github/github.module.js';
import { MembersModule } from '../members/members.module.js';
import { IntegrationsApiController } from './api/integrations-api.controller.js';
import { MemberStandingApiController } from './api/member-standing-api.controller.js';
import { MemberSyncsApiController } from './api/member-syncs-api.controller.js';
import { MembersApiController } from './api/members-api.controller.js';
import { RunCancellationApiController } from './api/run-cancellation-api.controller.js';
import { RunChangesApiController } from './api/run-changes-api.controller.js';
import { RunRemovalsApiController } from './api/run-removals-api.controller.js';
import { RunUndoApiController } from './api/run-undo-api.controller.js';
import { ApiSyncPause } from './api-sync-pause.service.js';
import { Credential } from './credential.entity.js';
import { CredentialHealths } from './credential-healths.service.js';
import { CurrentSync } from './current-sync.service.js';
import { Directories } from './directories.service.js';
import { GithubCredentials } from './github-credentials.service.js';
import { GithubIntegration } from './github-integration.entity.js';
import { GithubMembersService } from './github-members.service.js';
import { HeavyReads } from './heavy-reads.service.js';
import { HeldRemoval } from './held-removal.entity.js';
import { HeldRemovals } from './held-removals.service.js';
import { IntegrationConnector } from './integration-connector.service.js';
import { IntegrationDisconnection } from './integration-disconnection.service.js';
import { IntegrationsService } from './integrations.service.js';
import { ListCheckpoints } from './list-checkpoints.service.js';
import { MemberListPage } from './member-list-page.entity.js';
import { MemberRemovals } from './member-removals.service.js';
import { MemberSyncController } from './member-sync.controller.js';
import { MemberSyncProcessor } from './member-sync.processor.js';
import { MemberSyncCancellation } from './member-sync-cancellation.service.js';
import { MemberSyncClaims } from './member-sync-claims.service.js';
import { MemberSyncRequests } from './member-sync-requests.service.js';
import { MemberSyncRun } from './member-sync-run.entity.js';
import { MemberSyncRunner } from './member-sync-runner.service.js';
import { MemberSyncRuns } from './member-sync-runs.service.js';
import { OrganizationAccesses } from './organization-accesses.service.js';
import { RefusedRuns } from './refused-runs.service.js';
import { RunHandOver } from './run-hand-over.service.js';
import { RunUndo } from './run-undo.service.js';
import { IntegrationSchedules } from './schedules/integration-schedules.service.js';
import { secretKeyChecked } from './secret-key/secret-key.provider.js';
import { SecretKeyCheck } from './secret-key/secret-key-check.entity.js';

/** Integrations, their runs, and the endpoints to sync and to watch. */
@Module({
  imports: [
    AccountsModule,
    GithubModule,
    MembersModule,
    TypeOrmModule.forFeature([
      Credential,
      GithubIntegration,
      HeldRemoval,
      MemberListPage,
      MemberSyncRun,
      SecretKeyCheck,
    ]),
  ],
  controllers: [
    IntegrationsApiController,
    MemberSyncController,
    MemberSyncsApiController,
    MembersApiController,
    MemberStandingApiController,
    RunCancellationApiController,
    RunChangesApiController,
    RunRemovalsApiController,
    RunUndoApiController,
  ],
  providers: [
    CredentialHealths,
    ApiSyncPause,
    CurrentSync,
    Directories,
    GithubCredentials,
    GithubMembersService,
    RefusedRuns,
    HeavyReads,
    IntegrationSchedules,
    HeldRemovals,
    RunUndo,
    ListCheckpoints,
    OrganizationAccesses,
    IntegrationConnector,
    IntegrationDisconnection,
    IntegrationsService,
    MemberRemovals,
    MemberSyncCancellation,
    MemberSyncClaims,
    MemberSyncProcessor,
    MemberSyncRequests,
    MemberSyncRunner,
    MemberSyncRuns,
    RunHandOver,
    secretKeyChecked,
  ],
  exports: [
    CredentialHealths,
    CurrentSync,
    Directories,
    IntegrationConnector,
    IntegrationDisconnection,
    IntegrationSchedules,
    IntegrationsService,
    HeavyReads,
    HeldRemovals,
    MemberSyncCancellation,
    RunUndo,
    MemberSyncRequests,
    MemberSyncRunner,
    MemberSyncRuns,
    MembersModule,
    RunHandOver,
  ],
})
export class IntegrationsModule {}
