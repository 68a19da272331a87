import { Injectable } from '@nestjs/common';
import type { Identity } from '../../accounts/identity.js';
import { TeamPeople } from '../../integrations/connections/team-people.js';
import { CurrentSync } from '../../integrations/runs/current-sync.js';
import { syncView } from '../../integrations/runs/sync-view.js';
import { memberNotFound } from '../../members/directory/member-status.service.js';
import { MembersService } from '../../members/listing/members.service.js';
import { shared } from '../../platform/database/batched.js';
import { statusAction } from '../members/member-row.js';
import { eventsPath } from '../shared/events-path.js';
import { githubLinks } from '../shared/github-links.js';
import { presentOrganization } from '../shared/present-organization.js';
import { PersonAddress } from './person-address.js';
import { PersonHistory } from './person-history.js';
import { PersonParts } from './person-parts.js';
import { presentElsewhere, presentPerson } from './present-person.js';

interface Asked extends Pick<Identity, 'teamId' | 'role'> {
  id: number;
  memberId: number;
  query: unknown;
}

/** The data of the page of one person in one organization. */
@Injectable()
export class PersonPage {
  /** Concurrent requests for the same page share one result, and its rendered HTML. */
  private readonly shown = shared((asked: Asked) => this.read(asked));

  constructor(
    private readonly current: CurrentSync,
    private readonly members: MembersService,
    private readonly people: TeamPeople,
    private readonly history: PersonHistory,
    private readonly parts: PersonParts,
  ) {}

  /** @throws PublicError 404 */
  view({ teamId, role }: Identity, id: number, memberId: number, query: unknown) {
    return this.shown({ teamId, role, id, memberId, query });
  }

  private async read({ teamId, role, id, memberId, query }: Asked) {
    const [current, member] = await Promise.all([
      this.current.read(teamId, id),
      this.members.find(id, memberId),
    ]);
    if (!member) throw memberNotFound();
    const { integration } = current;
    const address = new PersonAddress(id, memberId, query);
    const [elsewhere, history, parts] = await Promise.all([
      this.people.elsewhere(integration, member.githubId),
      this.history.view(integration, member, address),
      this.parts.view(member),
    ]);
    const person = presentPerson(member, githubLinks(integration.apiUrl));
    const sync = syncView(current, role);
    return {
      title: `${person.displayName} in ${integration.organizationLogin}`,
      mark: sync.mark,
      events: eventsPath(id),
      page: {
        isAdmin: role === 'admin',
        organization: presentOrganization(integration),
        sync,
        here: address.here,
        person,
        actions:
          role === 'admin' && !integration.disconnectedAt && statusAction(member, address.first),
        elsewhere: elsewhere.map(presentElsewhere),
        ...parts,
        history,
      },
    };
  }
}
