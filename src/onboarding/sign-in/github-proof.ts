import { Inject, Injectable } from '@nestjs/common';
import pMap from 'p-map';
import type { GithubPerson, TeamStanding } from '../../accounts/github-people/github-person.js';
import type { Config } from '../../config/config.js';
import { CONFIG } from '../../config/config.module.js';
import type { GithubClient, Viewer } from '../../github/client/github-client.js';
import { GithubClients } from '../../github/client/github-clients.js';
import { GithubFailure } from '../../github/errors/github-failure.js';
import { webAddress } from '../../github/errors/web-address.js';
import { noreplyAddress } from '../../github/sign-in/noreply-address.js';
import { ConnectedOrganizations } from '../../integrations/connections/connected-organizations.js';
import { organizationInstallations } from '../app-installations.js';
import { type Standing, teamStandings } from './team-standings.js';

const MAX_CONCURRENT_REQUESTS = 5;

export interface Proof {
  person: GithubPerson;
  standings: TeamStanding[];
}

/**
 * Asks GitHub with a person's own token who they are, and what they are in the connected organizations. It asks with no
 * other credential: anybody on GitHub may begin a sign-in, and would use up its rate limit.
 */
@Injectable()
export class GithubProof {
  constructor(
    private readonly clients: GithubClients,
    private readonly organizations: ConnectedOrganizations,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** @throws GithubFailure */
  async of(token: string): Promise<Proof> {
    const { apiUrl } = this.config.github;
    const credential = { kind: 'token' as const, token };
    const client = this.clients.for({ apiUrl, credential, isUrgent: true });
    const viewer = await client.viewer();
    const standings = await this.standings(client, viewer);
    const email = (await client.people.verifiedEmail())?.toLowerCase();
    const { id, login } = viewer;
    const noreply = noreplyAddress(apiUrl, viewer);
    const person = { issuer: webAddress(apiUrl), subject: String(id), login, email, noreply };
    return { person, standings };
  }

  /** Where the App is not installed, or hides from the person, they prove nothing. */
  private async standings(client: GithubClient, viewer: Viewer): Promise<TeamStanding[]> {
    const connected = await this.organizations.of(this.config.github.apiUrl);
    const wanted = new Set(connected.map(({ organizationId }) => organizationId));
    const shown = (await organizationInstallations(client)).filter(({ account }) =>
      wanted.has(account.id),
    );
    const found = await pMap(
      shown,
      async ({ account }) => [account.id, await standingIn(client, viewer, account.login)] as const,
      { concurrency: MAX_CONCURRENT_REQUESTS },
    );
    const byOrganization = new Map<number, Standing>(found);
    return teamStandings(
      connected.map(({ teamId, organizationId }) => ({
        teamId,
        standing: byOrganization.get(organizationId) ?? 'unknown',
      })),
    );
  }
}

/** An organization that refuses to answer must not keep people of the others out. */
async function standingIn(client: GithubClient, { id }: Viewer, login: string): Promise<Standing> {
  try {
    const membership = await client.membership(login);
    if (membership?.userId !== id) return 'none';
    return membership.isOwner ? 'owner' : 'member';
  } catch (error) {
    if (error instanceof GithubFailure && error.status === 422) return 'unknown';
    throw error;
  }
}
