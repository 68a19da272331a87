import { Inject, Injectable, OnModuleInit } from '@nestjs/common';
import pMap from 'p-map';
import { GithubPeople } from '../../accounts/github-people/github-people.js';
import {
  githubNotAMember,
  githubSignInOff,
  ssoUnreachable,
} from '../../accounts/single-sign-on/sso-failures.js';
import { type IdentityCheck, SsoRechecks } from '../../accounts/single-sign-on/sso-rechecks.js';
import type { UserIdentity } from '../../accounts/single-sign-on/user-identity.entity.js';
import type { Config } from '../../config/config.js';
import { CONFIG } from '../../config/config.module.js';
import { webAddress } from '../../github/errors/web-address.js';
import { ConnectedOrganizations } from '../../integrations/connections/connected-organizations.js';
import { MemberStandings } from './member-standings.js';
import { type OrganizationStanding, teamStandings } from './team-standings.js';

const MAX_CONCURRENT_REQUESTS = 5;

/** Finds out whether people who signed in with GitHub still are members. Their own tokens are not kept. */
@Injectable()
export class GithubRechecks implements IdentityCheck, OnModuleInit {
  constructor(
    private readonly rechecks: SsoRechecks,
    private readonly people: GithubPeople,
    private readonly organizations: ConnectedOrganizations,
    private readonly standings: MemberStandings,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  onModuleInit(): void {
    this.rechecks.register(webAddress(this.config.github.apiUrl), this);
  }

  async check(identity: UserIdentity): Promise<void> {
    if (!this.config.githubSignIn) throw githubSignInOff();
    const standings = await this.standingsOf(identity);
    await this.people.follow(identity, teamStandings(standings));
    const found = new Set(standings.map(({ standing }) => standing));
    if (found.has('member') || found.has('owner')) return;
    throw found.has('unknown') ? ssoUnreachable(undefined) : githubNotAMember();
  }

  private async standingsOf(identity: UserIdentity): Promise<OrganizationStanding[]> {
    const teamIds = await this.people.teamsOf(identity);
    const connected = await this.organizations.of(this.config.github.apiUrl, teamIds);
    return pMap(
      connected,
      async (integration) => ({
        teamId: integration.teamId,
        standing: await this.standings.of(integration, Number(identity.subject)),
      }),
      { concurrency: MAX_CONCURRENT_REQUESTS },
    );
  }
}
