import { Injectable } from '@nestjs/common';
import type { Identity } from '../../accounts/identity.js';
import { TeamPeople } from '../../integrations/connections/team-people.js';
import { IntegrationParts, partOf } from '../../integrations/parts/integration-parts.js';
import { CurrentSync } from '../../integrations/runs/current-sync.js';
import { syncView } from '../../integrations/runs/sync-view.js';
import { GithubTeamPlaces } from '../../members/github-teams/github-team-places.js';
import { MembersService } from '../../members/listing/members.service.js';
import { statusAction } from '../members/member-row.js';
import { eventsPath } from '../shared/events-path.js';
import { githubLinks } from '../shared/github-links.js';
import { partNotice } from '../shared/part-notice.js';
import { presentOrganization } from '../shared/present-organization.js';
import { PersonAddress } from './person-address.js';
import { PersonHistory } from './person-history.js';
import { presentElsewhere, presentIdentity, presentPerson } from './present-person.js';
import { presentPlace } from './present-place.js';

/** The data of the page of one person in one organization. */
@Injectable()
export class PersonPage {
  constructor(
    private readonly current: CurrentSync,
    private readonly members: MembersService,
    private readonly people: TeamPeople,
    private readonly history: PersonHistory,
    private readonly parts: IntegrationParts,
    private readonly places: GithubTeamPlaces,
  ) {}

  /** @throws PublicError 404 */
  async view({ teamId, role }: Identity, id: number, memberId: number, query: unknown) {
    const current = await this.current.read(teamId, id);
    const { integration } = current;
    const member = await this.members.get(id, memberId);
    const address = new PersonAddress(id, memberId, query);
    const [elsewhere, history, parts, places] = await Promise.all([
      this.people.elsewhere(integration, member.githubId),
      this.history.view(integration, member, address),
      this.parts.of(id),
      this.places.ofPerson(member),
    ]);
    const person = presentPerson(member, githubLinks(integration.apiUrl));
    const sync = syncView(current, role);
    return {
      title: `${person.displayName} in ${integration.organizationLogin}`,
      mark: sync.mark,
      events: eventsPath(id),
      isAdmin: role === 'admin',
      organization: presentOrganization(integration),
      sync,
      here: address.here,
      person,
      corporateIdentity: presentIdentity(member, partOf(parts, 'identities')),
      actions:
        role === 'admin' && !integration.disconnectedAt && statusAction(member, address.first),
      elsewhere: elsewhere.map(presentElsewhere),
      githubTeams: places.map((place) => presentPlace(place, id)),
      teamsNotice: partNotice(partOf(parts, 'teams')),
      history,
    };
  }
}
