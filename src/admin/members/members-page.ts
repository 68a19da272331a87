import { Injectable } from '@nestjs/common';
import type { Identity } from '../../accounts/identity.js';
import {
  IntegrationParts,
  type KnownPart,
  partOf,
} from '../../integrations/parts/integration-parts.js';
import type { PartName } from '../../integrations/parts/part.js';
import { type Current, CurrentSync } from '../../integrations/runs/current-sync.js';
import { syncView } from '../../integrations/runs/sync-view.js';
import type { Affiliation } from '../../members/affiliation.js';
import { dayOf } from '../../members/past/as-of.js';
import { shared } from '../../platform/database/batched.js';
import { eventsPath } from '../shared/events-path.js';
import { identityNotice } from '../shared/identity-notice.js';
import { partNotice } from '../shared/part-notice.js';
import { PartsNav } from '../shared/parts-nav.js';
import { presentOrganization } from '../shared/present-organization.js';
import { DirectoryQuery } from './directory-query.js';
import { PastMembersPage } from './past-members-page.js';
import { PresentMembersPage } from './present-members-page.js';

/** Which list is asked for, with the query of the URL. */
export interface Asked {
  id: number;
  affiliation: Affiliation;
  parameters: unknown;
}

interface AskedBy extends Asked, Pick<Identity, 'teamId' | 'role'> {}

/** The data of an organization's directory page. */
@Injectable()
export class MembersPage {
  /** Concurrent requests for the same page share one result, and its rendered HTML. */
  private readonly shown = shared((asked: AskedBy) => this.read(asked));

  constructor(
    private readonly current: CurrentSync,
    private readonly present: PresentMembersPage,
    private readonly past: PastMembersPage,
    private readonly parts: IntegrationParts,
    private readonly nav: PartsNav,
  ) {}

  /** @param signal for a past date: it ends the read @throws PublicError 404 */
  view({ teamId, role }: Identity, { id, affiliation, parameters }: Asked, signal?: AbortSignal) {
    const asked = { teamId, role, id, affiliation, parameters };
    return signal ? this.read(asked, signal) : this.shown(asked);
  }

  private async read({ teamId, role, ...asked }: AskedBy, signal?: AbortSignal) {
    const { id, affiliation } = asked;
    const known = this.parts.of(id);
    const [current, parts] = await Promise.all([this.current.read(teamId, id), known]);
    const organization = presentOrganization(current.integration);
    const sync = syncView(current, role);
    const isAdmin = role === 'admin';
    const [directory, partsNav] = await Promise.all([
      this.directory(current, { ...asked, parts, isAdmin }, signal),
      this.nav.of(id, parts, PARTS_OF[affiliation]),
    ]);
    return {
      title: `${TITLES[affiliation]} of ${organization.login}`,
      mark: sync.mark,
      events: eventsPath(id),
      isAdmin,
      organization,
      sync,
      today: dayOf(new Date()),
      directory: { ...directory, isAdmin, organization, syncStatus: sync.status },
      partsNav,
    };
  }

  private async directory(
    current: Current,
    { affiliation, parameters, parts, isAdmin }: Asked & { parts: KnownPart[]; isAdmin: boolean },
    signal?: AbortSignal,
  ) {
    const { integration } = current;
    const query = new DirectoryQuery(integration.id, parameters, affiliation);
    const known = query.identity && identityNotice(partOf(parts, 'identities'));
    const identities = known?.asOf ? known : undefined;
    const part = query.isOutside ? partNotice(partOf(parts, 'outsideCollaborators')) : undefined;
    const list = query.asOf
      ? await this.past.view(integration, query, signal)
      : await this.present.view(current, query, isAdmin);
    return { ...list, identities, part };
  }
}

const TITLES: Record<Affiliation, string> = {
  member: 'Members',
  outside_collaborator: 'Outside collaborators',
};

const PARTS_OF: Record<Affiliation, PartName> = {
  member: 'members',
  outside_collaborator: 'outsideCollaborators',
};
