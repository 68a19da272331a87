import { Injectable } from '@nestjs/common';
import { Brackets, DataSource, In } from 'typeorm';
import { asTime } from '../listing/member-conditions.js';
import { InvitedPeople } from './invited-people.js';
import {
  LISTED_STATES,
  type ListedState,
  OrganizationInvitation,
} from './organization-invitation.entity.js';
import { type PresentedInvitation, presentInvitation } from './present-invitation.js';

export interface InvitationsQuery {
  integrationId: number;
  state: ListedState;
  /** Those that were pending, or had failed, at that time; without it, those that GitHub lists now. */
  asOf?: Date | undefined;
  limit: number;
  /** The id of the last invitation of the previous page. */
  before?: number | undefined;
}

/** Invitations of an export that are read at once. */
const INVITATIONS_PER_READ = 250;

/** Reads invitations, those first that Rollcall saw last. */
@Injectable()
export class OrganizationInvitations {
  constructor(private readonly dataSource: DataSource) {}

  page({ limit, before, ...query }: InvitationsQuery): Promise<OrganizationInvitation[]> {
    const select = this.select(query).orderBy('one.id', 'DESC').limit(limit);
    if (before) select.andWhere('one.id < :before', { before });
    return select.getMany();
  }

  /** All of them; holds no database connection while a slow consumer reads. */
  async *all(
    query: Omit<InvitationsQuery, 'limit' | 'before'>,
  ): AsyncGenerator<PresentedInvitation> {
    const limit = INVITATIONS_PER_READ;
    for (let before: number | undefined, isLast = false; !isLast; ) {
      const some: OrganizationInvitation[] = await this.page({ ...query, limit, before });
      for (const one of some) yield presentInvitation(one, query.asOf && query.state);
      isLast = some.length < limit;
      before = some.at(-1)?.id;
    }
  }

  arePending(integrationId: number): Promise<boolean> {
    return this.dataSource.manager.existsBy(OrganizationInvitation, {
      ...{ integrationId, state: 'pending' as const },
    });
  }

  /** How many GitHub lists in each state. */
  async counts(integrationId: number): Promise<Record<ListedState, number>> {
    const found = await this.dataSource
      .createQueryBuilder(OrganizationInvitation, 'one')
      .select('one.state', 'state')
      .addSelect('COUNT(*)', 'invitations')
      .where({ integrationId, state: In([...LISTED_STATES]) })
      .groupBy('one.state')
      .getRawMany<{ state: ListedState; invitations: number | string }>();
    const counts = { pending: 0, failed: 0 };
    for (const { state, invitations } of found) counts[state] = Number(invitations);
    return counts;
  }

  /** Those of the invited people whom the directory knows. */
  people(integrationId: number, invitations: OrganizationInvitation[]): Promise<InvitedPeople> {
    return InvitedPeople.find(this.dataSource.manager, integrationId, invitations);
  }

  private select({ integrationId, state, asOf }: Omit<InvitationsQuery, 'limit' | 'before'>) {
    const select = this.dataSource
      .createQueryBuilder(OrganizationInvitation, 'one')
      .where({ integrationId });
    if (!asOf) return select.andWhere('one.state = :state', { state });
    select.setParameters({ asOf: asTime(asOf) });
    if (state === 'failed')
      return select
        .andWhere(
          "(one.state = 'failed' OR (one.state = 'dismissed' AND one.dismissed_at > :asOf))",
        )
        .andWhere('one.ended_at <= :asOf');
    const isPending = new Brackets((where) =>
      where.where('one.ended_at IS NULL').orWhere('one.ended_at > :asOf'),
    );
    return select.andWhere('one.invited_at <= :asOf').andWhere(isPending);
  }
}
