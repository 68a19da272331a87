import { type MiddlewareConsumer, Module, type NestModule } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_INTERCEPTOR } from '@nestjs/core';
import { TypeOrmModule } from '@nestjs/typeorm';
import { RefusalLog } from '../platform/observability/refusal-log.js';
import { ApiToken } from './api-tokens/api-token.entity.js';
import { ApiTokensService } from './api-tokens/api-tokens.service.js';
import { AuditChain } from './audit/audit-chain.entity.js';
import { AuditEntry } from './audit/audit-entry.entity.js';
import { AuditLog } from './audit/audit-log.js';
import { AuditSenderMiddleware } from './audit/audit-sender.middleware.js';
import { AuditVerification } from './audit/audit-verification.js';
import { ExportAuditInterceptor } from './audit/export-audit.interceptor.js';
import { GithubPeople } from './github-people/github-people.js';
import { GithubRefusals } from './github-people/github-refusals.js';
import { CrossSiteGuard } from './identity/cross-site.guard.js';
import { Identities } from './identity/identities.js';
import { IdentityGuard } from './identity/identity.guard.js';
import { PasswordChangeRequiredFilter } from './identity/password-change-required.js';
import { FirstAdminInvitations } from './invitations/first-admin-invitations.js';
import { InvitationAcceptance } from './invitations/invitation-acceptance.js';
import { InvitationsService } from './invitations/invitations.service.js';
import { UserInvitation } from './invitations/user-invitation.entity.js';
import { ApiLimits } from './limits/api-limits.js';
import { PageLimits } from './limits/page-limits.js';
import { PasswordThread } from './passwords/password-thread.js';
import { Passwords } from './passwords/passwords.js';
import { LiveSessions } from './sessions/live-sessions.js';
import { Session } from './sessions/session.entity.js';
import { SessionStore } from './sessions/session-store.js';
import { SignInRequiredFilter } from './sessions/sign-in-required.js';
import { UserSessions } from './sessions/user-sessions.js';
import { KnownSignIn } from './sign-in/known-sign-in.entity.js';
import { KnownSignIns } from './sign-in/known-sign-ins.js';
import { SignInService } from './sign-in/sign-in.service.js';
import { SignInAudit } from './sign-in/sign-in-audit.js';
import { SignInCount } from './sign-in/sign-in-count.entity.js';
import { SignInLink } from './sign-in/sign-in-link.entity.js';
import { SignInLinks } from './sign-in/sign-in-links.js';
import { SignInThrottle } from './sign-in/sign-in-throttle.js';
import { IdentityProvider } from './single-sign-on/identity-provider.js';
import { SingleSignOn } from './single-sign-on/single-sign-on.js';
import { SsoPeople } from './single-sign-on/sso-people.js';
import { SsoRecheckGuard } from './single-sign-on/sso-recheck.guard.js';
import { SsoRechecks } from './single-sign-on/sso-rechecks.js';
import { SsoRounds } from './single-sign-on/sso-rounds.js';
import { SsoSession } from './single-sign-on/sso-session.entity.js';
import { SsoSessions } from './single-sign-on/sso-sessions.js';
import { UserIdentity } from './single-sign-on/user-identity.entity.js';
import { AccountService } from './users/account.service.js';
import { FirstAdministrator } from './users/first-administrator.js';
import { Membership } from './users/membership.entity.js';
import { Team } from './users/team.entity.js';
import { TeamAdministration } from './users/team-administration.js';
import { TeamUsersService } from './users/team-users.service.js';
import { TeamsService } from './users/teams.service.js';
import { User } from './users/user.entity.js';
import { UsersService } from './users/users.service.js';

/** A thread starts slowly, so the process has one. */
const passwordThread = new PasswordThread();

/** Identity and rights. Its guards apply to every route of the application. */
@Module({
  imports: [
    TypeOrmModule.forFeature([
      ...[
        ApiToken,
        AuditChain,
        AuditEntry,
        KnownSignIn,
        Membership,
        Session,
        SignInCount,
        SignInLink,
        SsoSession,
        Team,
        User,
        UserIdentity,
        UserInvitation,
      ],
    ]),
  ],
  providers: [
    AccountService,
    ApiLimits,
    ApiTokensService,
    AuditLog,
    AuditVerification,
    FirstAdminInvitations,
    FirstAdministrator,
    GithubPeople,
    GithubRefusals,
    Identities,
    IdentityProvider,
    InvitationAcceptance,
    InvitationsService,
    KnownSignIns,
    LiveSessions,
    { provide: PasswordThread, useValue: passwordThread },
    Passwords,
    RefusalLog,
    PageLimits,
    SessionStore,
    SignInAudit,
    SignInLinks,
    SignInService,
    SignInThrottle,
    SingleSignOn,
    SsoPeople,
    SsoRechecks,
    SsoRounds,
    SsoSessions,
    TeamAdministration,
    TeamsService,
    TeamUsersService,
    UserSessions,
    UsersService,
    { provide: APP_FILTER, useClass: PasswordChangeRequiredFilter },
    { provide: APP_FILTER, useClass: SignInRequiredFilter },
    { provide: APP_GUARD, useClass: CrossSiteGuard },
    { provide: APP_INTERCEPTOR, useClass: ExportAuditInterceptor },
    { provide: APP_GUARD, useClass: SsoRecheckGuard },
    { provide: APP_GUARD, useClass: IdentityGuard },
  ],
  exports: [
    AccountService,
    ApiTokensService,
    AuditLog,
    AuditVerification,
    FirstAdminInvitations,
    FirstAdministrator,
    GithubPeople,
    InvitationAcceptance,
    InvitationsService,
    LiveSessions,
    RefusalLog,
    SignInAudit,
    SignInLinks,
    SignInService,
    SingleSignOn,
    SsoRechecks,
    SsoRounds,
    SsoSessions,
    TeamAdministration,
    TeamsService,
    TeamUsersService,
    UserSessions,
    UsersService,
  ],
})
export class AccountsModule implements NestModule {
  configure(consumer: MiddlewareConsumer): void {
    consumer.apply(AuditSenderMiddleware).forRoutes('{*all}');
  }
}
