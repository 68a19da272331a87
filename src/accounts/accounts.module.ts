import { Module } from '@nestjs/common';
import { APP_FILTER, APP_GUARD } from '@nestjs/core';
import { TypeOrmModule } from '@nestjs/typeorm';
import { RefusalLog } from '../platform/observability/refusal-log.js';
import { ApiLimits } from './api-limits.service.js';
import { ApiToken } from './api-token.entity.js';
import { ApiTokensService } from './api-tokens.service.js';
import { CrossSiteGuard } from './cross-site.guard.js';
import { FirstAdministrator } from './first-administrator.service.js';
import { Identities } from './identities.service.js';
import { IdentityGuard } from './identity.guard.js';
import { Membership } from './membership.entity.js';
import { PageLimits } from './page-limits.service.js';
import { Passwords } from './passwords/passwords.service.js';
import { Session } from './session.entity.js';
import { SessionStore } from './session-store.js';
import { KnownSignIn } from './sign-in/known-sign-in.entity.js';
import { KnownSignIns } from './sign-in/known-sign-ins.service.js';
import { SignInService } from './sign-in/sign-in.service.js';
import { SignInCount } from './sign-in/sign-in-count.entity.js';
import { SignInThrottle } from './sign-in/sign-in-throttle.service.js';
import { SignInRequiredFilter } from './sign-in-required.js';
import { Team } from './team.entity.js';
import { TeamsService } from './teams.service.js';
import { User } from './user.entity.js';
import { UsersService } from './users.service.js';

/** Who may do what. Its guards apply to every route of the application. */
@Module({
  imports: [
    TypeOrmModule.forFeature([
      ...[ApiToken, KnownSignIn, Membership, Session, SignInCount, Team, User],
    ]),
  ],
  providers: [
    ApiLimits,
    ApiTokensService,
    FirstAdministrator,
    Identities,
    KnownSignIns,
    Passwords,
    RefusalLog,
    PageLimits,
    SessionStore,
    SignInService,
    SignInThrottle,
    TeamsService,
    UsersService,
    { provide: APP_FILTER, useClass: SignInRequiredFilter },
    { provide: APP_GUARD, useClass: CrossSiteGuard },
    { provide: APP_GUARD, useClass: IdentityGuard },
  ],
  exports: [
    ApiTokensService,
    FirstAdministrator,
    RefusalLog,
    SignInService,
    TeamsService,
    UsersService,
  ],
})
export class AccountsModule {}
