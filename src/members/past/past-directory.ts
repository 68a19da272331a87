import { type DataSource, type EntityManager, In, MoreThan } from 'typeorm';
import { plainRows } from '../../platform/database/plain-rows.js';
import { inSnapshot } from '../../platform/database/transaction.js';
import type { Affiliation } from '../affiliation.js';
import { MemberChange } from '../changes/member-change.entity.js';
import { GithubTeamMember } from '../github-teams/github-team-member.entity.js';
import { asTime, inPlace } from '../listing/member-conditions.js';
import {
  eachMember,
  type MemberPage,
  type MemberQuery,
  MOST_COUNTED,
  type PagePosition,
  pageOf,
  placeOf,
  SHOWN_COLUMNS,
  type ShownMember,
} from '../listing/member-query.js';
import type { MembersService } from '../listing/members.service.js';
import { placingFields } from '../listing/placing-fields.js';
import { countMembers, countPeople, shownMembers } from '../listing/select-members.js';
import { Member } from '../member.entity.js';
import { noMembers, type StatusCounts, sumOfCounts } from '../member-counts.js';
import { directoryBefore, tooEarly } from './as-of.js';
import { type ChangeMark, isSameMark, markOf } from './change-mark.js';
import { type MovedMember, type MovedQuery, movedSince, type PastPlace } from './moved-since.js';
import { comparePlaces, pageBeyond } from './past-page.js';

type Query = Omit<MemberQuery, 'integrationId'>;

export interface PastMoment {
  integrationId: number;
  moment: Date;
  /** Changes up to this moment are no longer kept. */
  prunedUntil: (manager: EntityManager) => Promise<Date | null>;
  /** Aborts the work when nobody waits for it any more. */
  signal?: AbortSignal | undefined;
}

/**
 * A directory as of a past moment. People who did not move since are read in the present order, the others by their
 * past places; then the later changes of the people on the page are undone. It does not know when a status began.
 */
export class PastDirectory implements Pick<MembersService, 'page' | 'all'> {
  private known: { query: string; moved: MovedMember } | undefined;

  constructor(
    private readonly dataSource: DataSource,
    private readonly at: PastMoment,
  ) {}

  /** @throws PublicError `as_of_too_early` where its changes were deleted meanwhile */
  async page(query: Query): Promise<MemberPage> {
    const asked = { ...query, integrationId: this.at.integrationId };
    const people = await this.read(async (manager, mark) => {
      const moved = await this.moved(manager, mark, asked);
      return this.people(manager, asked, pageBeyond(moved.found, asked));
    });
    return pageOf(people, asked);
  }

  /** How many people a query finds; more than `MOST_COUNTED` are not counted on. */
  matching(query: Omit<Query, 'limit'>): Promise<number> {
    const { integrationId, moment } = this.at;
    const { after, before, ...asked } = query;
    return this.read(async (manager, mark) => {
      const moved = await this.moved(manager, mark, { ...asked, integrationId, limit: 0 });
      if (moved.found.length > MOST_COUNTED) return moved.found.length;
      const unmovedSince = { moment, fields: placingFields(asked) };
      const unmoved = { ...asked, integrationId, unmovedSince };
      return moved.found.length + (await countMembers(manager, unmoved, MOST_COUNTED));
    });
  }

  all(query: Omit<Query, 'limit'>): AsyncGenerator<ShownMember> {
    return eachMember((place) => this.page({ ...query, ...place }));
  }

  /** How many people had each status in the list. */
  counts(affiliation: Affiliation = 'member'): Promise<StatusCounts> {
    const { integrationId } = this.at;
    return this.read(async (manager, mark) => {
      const { past, present } = await this.whole(manager, mark);
      const stored = await countPeople(manager, { integrationId });
      const unmoved = sumOfCounts(stored[affiliation], negative(present?.[affiliation]));
      return sumOfCounts(unmoved, past[affiliation]);
    });
  }

  /** Everybody who moved, for any query, read at this moment. */
  private async whole(manager: EntityManager, mark: ChangeMark): Promise<MovedMember> {
    const { moved } = this.known ?? {};
    if (moved?.present && isSameMark(moved.mark, mark)) return moved;
    return movedSince(manager, { ...this.at, ...ANYBODY }, mark);
  }

  /** Reads in one snapshot. */
  private read<T>(work: (manager: EntityManager, mark: ChangeMark) => Promise<T>): Promise<T> {
    const { integrationId, moment, prunedUntil, signal } = this.at;
    return inSnapshot(this.dataSource, async (manager) => {
      signal?.throwIfAborted();
      const until = await prunedUntil(manager);
      if (until && moment < until) throw tooEarly(until);
      return work(manager, await markOf(manager, integrationId, moment));
    });
  }

  /** Read once for all pages of an export; later pages only add people who moved meanwhile. */
  private async moved(
    manager: EntityManager,
    mark: ChangeMark,
    { statuses, affiliation, search, role, sort = 'login', ...more }: MemberQuery,
  ): Promise<MovedMember> {
    const { twoFactor, suspended, type, identity, githubTeams } = more;
    const filter = { statuses, affiliation, search, role, twoFactor, suspended, type, identity };
    const query = JSON.stringify({ filter, sort, githubTeams });
    const earlier = this.known?.query === query ? this.known.moved : undefined;
    if (earlier && isSameMark(earlier.mark, mark)) return earlier;
    const only = githubTeams && (await peopleOf(manager, githubTeams));
    const moved = await movedSince(manager, { ...this.at, filter, sort, only }, mark, earlier);
    this.known = { query, moved };
    return moved;
  }

  /** A page of the people who did not move, merged with those who did, with their past values. */
  private async people(
    manager: EntityManager,
    asked: MemberQuery,
    moved: PastPlace[],
  ): Promise<ShownMember[]> {
    const { sort = 'login', limit, before } = asked;
    const others = await this.unmoved(manager, asked, moved[limit]?.at);
    const places = others.map((one) => ({ githubId: one.githubId, at: placeOf(one, sort) }));
    const all = [...places, ...moved].sort((a, b) => comparePlaces(a.at, b.at, sort));
    if (before) all.reverse();
    const ids = all.slice(0, limit + 1).map(({ githubId }) => githubId);
    return this.asTheyWere(manager, ids, others);
  }

  /** @param upTo nobody after this place can be on the page */
  private unmoved(
    manager: EntityManager,
    asked: MemberQuery,
    upTo: PagePosition | undefined,
  ): Promise<ShownMember[]> {
    const { moment } = this.at;
    const unmovedSince = { moment, fields: placingFields(asked) };
    return shownMembers(manager, { ...asked, unmovedSince, upTo });
  }

  /** @param read the people who were read already */
  private async asTheyWere(
    manager: EntityManager,
    ids: number[],
    read: ShownMember[],
  ): Promise<ShownMember[]> {
    const { integrationId, moment } = this.at;
    const known = new Set(read.map(({ githubId }) => githubId));
    const rest = In(ids.filter((id) => !known.has(id)));
    const others = await plainRows(
      manager
        .createQueryBuilder(Member, 'member')
        .select(SHOWN_COLUMNS.map((property) => `member.${property}`))
        .where({ integrationId, githubId: rest }),
      SHOWN_COLUMNS,
    );
    const changes = await plainRows(
      manager
        .createQueryBuilder(MemberChange, 'change')
        .select(UNDOING.map((property) => `change.${property}`))
        .where({ integrationId, githubId: In(ids), madeAt: MoreThan(moment) })
        .orderBy('change.id', 'DESC'),
      UNDOING,
    );
    const people = directoryBefore<ShownMember>([...read, ...others], changes);
    const byId = new Map(people.map((person) => [person.githubId, person]));
    for (const { githubId, before } of changes) {
      const person = byId.get(githubId);
      if (person && tellsStanding(before)) person.isPast = true;
    }
    return ids.flatMap((id) => byId.get(id) ?? []);
  }
}

/** Who was in one of these teams; GitHub's ids. */
async function peopleOf(
  manager: EntityManager,
  { ids, asOf }: NonNullable<MemberQuery['githubTeams']>,
): Promise<Set<number>> {
  const select = manager
    .createQueryBuilder(GithubTeamMember, 'place')
    .select('place.githubId')
    .where({ githubTeamId: In(ids) })
    .andWhere(inPlace('place', asOf), { placesAt: asOf && asTime(asOf) });
  const places = await plainRows(select, ['githubId']);
  return new Set(places.map(({ githubId }) => githubId));
}

const tellsStanding = (before: MemberChange['before']): boolean =>
  before?.status !== undefined || before?.outside !== undefined;

const negative = ({ active, left, disabled } = noMembers()): StatusCounts => ({
  active: -active,
  left: -left,
  disabled: -disabled,
});

const UNDOING = ['id', 'githubId', 'before'] as const;

/** A query whose only placing fields are the status and the login. */
const ANYBODY: Pick<MovedQuery, 'filter' | 'sort'> = { filter: { statuses: [] }, sort: 'login' };
