import { Injectable } from '@nestjs/common';
import { DataSource, In, LessThan } from 'typeorm';
import {
  LISTED_STATES,
  type ListedState,
  OrganizationInvitation,
} from './organization-invitation.entity.js';
import { type PresentedInvitation, presentInvitation } from './present-invitation.js';

export interface InvitationsQuery {
  integrationId: number;
  states: ListedState[];
  limit: number;
  /** The id of the last invitation of the previous page. */
  before?: number | undefined;
}

/** Invitations of an export that are read at once. */
const INVITATIONS_PER_READ = 250;

/** Reads the invitations that GitHub lists, those first that Rollcall saw last. */
@Injectable()
export class OrganizationInvitations {
  constructor(private readonly dataSource: DataSource) {}

  page({ integrationId, states, limit, before }: InvitationsQuery) {
    return this.dataSource.manager.find(OrganizationInvitation, {
      where: { integrationId, state: In(states), ...(before && { id: LessThan(before) }) },
      order: { id: 'DESC' },
      take: limit,
    });
  }

  /** All of them; holds no database connection while a slow consumer reads. */
  async *all(
    query: Omit<InvitationsQuery, 'limit' | 'before'>,
  ): AsyncGenerator<PresentedInvitation> {
    const limit = INVITATIONS_PER_READ;
    for (let before: number | undefined, isLast = false; !isLast; ) {
      const some: OrganizationInvitation[] = await this.page({ ...query, limit, before });
      for (const one of some) yield presentInvitation(one);
      isLast = some.length < limit;
      before = some.at(-1)?.id;
    }
  }

  /** How many GitHub lists in each state. */
  async counts(integrationId: number): Promise<Record<ListedState, number>> {
    const { manager } = this.dataSource;
    const [pending = 0, failed = 0] = await Promise.all(
      LISTED_STATES.map((state) =>
        manager.countBy(OrganizationInvitation, { integrationId, state }),
      ),
    );
    return { pending, failed };
  }
}
