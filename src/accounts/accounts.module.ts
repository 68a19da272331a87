import { Module } from '@nestjs/common';
import { APP_FILTER, APP_GUARD } from '@nestjs/core';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ApiLimits } from './api-limits.service.js';
import { ApiToken } from './api-token.entity.js';
import { ApiTokensService } from './api-tokens.service.js';
import { CrossSiteGuard } from './cross-site.guard.js';
import { FirstAdministrator } from './first-administrator.service.js';
import { Identities } from './identities.service.js';
import { IdentityGuard } from './identity.guard.js';
import { Membership } from './membership.entity.js';
import { Session } from './session.entity.js';
import { SessionStore } from './session-store.js';
import { SignInService } from './sign-in.service.js';
import { SignInFailure } from './sign-in-failure.entity.js';
import { SignInRequiredFilter } from './sign-in-required.js';
import { SignInThrottle } from './sign-in-throttle.service.js';
import { Team } from './team.entity.js';
import { TeamsService } from './teams.service.js';
import { User } from './user.entity.js';
import { UsersService } from './users.service.js';

/** Who may do what. Its guards apply to every route of the application. */
@Module({
  imports: [TypeOrmModule.forFeature([ApiToken, Membership, Session, SignInFailure, Team, User])],
  providers: [
    ApiLimits,
    ApiTokensService,
    FirstAdministrator,
    Identities,
    SessionStore,
    SignInService,
    SignInThrottle,
    TeamsService,
    UsersService,
    { provide: APP_FILTER, useClass: SignInRequiredFilter },
    { provide: APP_GUARD, useClass: CrossSiteGuard },
    { provide: APP_GUARD, useClass: IdentityGuard },
  ],
  exports: [ApiTokensService, FirstAdministrator, SignInService, TeamsService, UsersService],
})
export class AccountsModule {}
