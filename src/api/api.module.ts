import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts/accounts.module.js';
import { IntegrationsModule } from '../integrations/integrations.module.js';
import { NotificationsModule } from '../notifications/notifications.module.js';
import { ReviewsModule } from '../reviews/reviews.module.js';
import { ReviewEvidenceApiController } from './access-reviews/review-evidence-api.controller.js';
import { ReviewItemsApiController } from './access-reviews/review-items-api.controller.js';
import { ReviewsApiController } from './access-reviews/reviews-api.controller.js';
import { ActivityApiController } from './activity/activity-api.controller.js';
import { AuditApiController } from './audit/audit-api.controller.js';
import { GithubTeamApiController } from './github-teams/github-team-api.controller.js';
import { GithubTeamsApiController } from './github-teams/github-teams-api.controller.js';
import { IntegrationsApiController } from './integrations/integrations-api.controller.js';
import { InvitationsApiController } from './invitations/invitations-api.controller.js';
import { ApiSyncPause } from './member-syncs/api-sync-pause.js';
import { MemberSyncsApiController } from './member-syncs/member-syncs-api.controller.js';
import { RunCancellationApiController } from './member-syncs/run-cancellation-api.controller.js';
import { RunChangesApiController } from './member-syncs/run-changes-api.controller.js';
import { RunRemovalsApiController } from './member-syncs/run-removals-api.controller.js';
import { RunUndoApiController } from './member-syncs/run-undo-api.controller.js';
import { MemberApiController } from './members/member-api.controller.js';
import { MemberStatusApiController } from './members/member-status-api.controller.js';
import { MembersApiController } from './members/members-api.controller.js';
import { MembersDiffApiController } from './members/members-diff-api.controller.js';
import { ChannelDeliveriesApiController } from './notifications/channel-deliveries-api.controller.js';
import { ChannelsApiController } from './notifications/channels-api.controller.js';
import { RedeliveryApiController } from './notifications/redelivery-api.controller.js';
import { PartsApiController } from './parts/parts-api.controller.js';
import { MatchesApiController } from './people-list/matches-api.controller.js';
import { PeopleListApiController } from './people-list/people-list-api.controller.js';
import { UserInvitationsApiController } from './users/user-invitations-api.controller.js';
import { UsersApiController } from './users/users-api.controller.js';
import { WebhookApiController } from './webhooks/webhook-api.controller.js';
import { WebhookHookApiController } from './webhooks/webhook-hook-api.controller.js';

/** The API under `/api/v1`. Controllers, DTOs and responses of one resource share a folder. */
@Module({
  imports: [AccountsModule, IntegrationsModule, NotificationsModule, ReviewsModule],
  controllers: [
    ActivityApiController,
    AuditApiController,
    GithubTeamApiController,
    GithubTeamsApiController,
    IntegrationsApiController,
    InvitationsApiController,
    MembersDiffApiController,
    MembersApiController,
    MemberApiController,
    MemberStatusApiController,
    MemberSyncsApiController,
    RunCancellationApiController,
    RunChangesApiController,
    RunRemovalsApiController,
    RunUndoApiController,
    ChannelDeliveriesApiController,
    ChannelsApiController,
    RedeliveryApiController,
    PartsApiController,
    MatchesApiController,
    PeopleListApiController,
    ReviewEvidenceApiController,
    ReviewItemsApiController,
    ReviewsApiController,
    UserInvitationsApiController,
    UsersApiController,
    WebhookApiController,
    WebhookHookApiController,
  ],
  providers: [ApiSyncPause],
})
export class ApiModule {}
