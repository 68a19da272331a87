import type { EntityManager, FindOptionsWhere, SelectQueryBuilder } from 'typeorm';
import { usingIndex } from '../../platform/database/dialect.js';
import { plainRows } from '../../platform/database/plain-rows.js';
import { statusCondition } from '../affiliation.js';
import { Member, type MemberStatus } from '../member.entity.js';
import { countPerson, noPeople, type PeopleCounts } from '../member-counts.js';
import { beyond, conditions, fromTeams, parametersOf, until } from './member-conditions.js';
import type { CountQuery, MemberQuery, ShownMember } from './member-query.js';
import { isDescending, SHOWN_COLUMNS } from './member-query.js';
import { joinPlacing } from './placing-fields.js';
import { termsOf, type Way, waysOf } from './search-terms.js';

/** The columns of each order, most significant first. The index of each begins with the integration and the status. */
const ORDERS: Record<string, string[]> = {
  login: ['login_key', 'id'],
  name: ['name_key', 'login_key', 'id'],
  since: ['since', 'id'],
};

const INDEXES: Record<string, string> = {
  login: 'members_directory',
  name: 'members_by_name',
  since: 'members_by_since',
};

/** A page of a directory, and one more row, in the direction in which it is read. */
export const shownMembers = (manager: EntityManager, query: MemberQuery): Promise<ShownMember[]> =>
  plainRows(selectPage(manager, query), SHOWN_COLUMNS);

/**
 * One page of a directory, and one more row; with `before`, it is read backwards. Each status, and each way to find
 * somebody, is read in the order of its own index, and no further than one page.
 */
function selectPage(manager: EntityManager, query: MemberQuery): SelectQueryBuilder<Member> {
  const { sort = 'login', limit, before } = query;
  const isDown = isDescending(sort) !== (before !== undefined);
  const direction = isDown ? 'DESC' : 'ASC';
  const columns = ORDERS[sort.replace('-', '')] ?? [];
  const select = manager
    .createQueryBuilder(Member, 'member')
    .select(SHOWN_COLUMNS.map((property) => `member.${property}`))
    .innerJoin(unionOf(manager, query, columns, isDown), 'found', 'found.id = member.id')
    .setParameters(parametersOf(query))
    .limit(limit + 1);
  for (const column of columns) select.addOrderBy(`member.${column}`, direction);
  return select;
}

/** For each way to find somebody, the ids of one page and one more row; the page is made of these. */
function unionOf(
  manager: EntityManager,
  query: MemberQuery,
  columns: string[],
  isDown: boolean,
): string {
  const { limit, unmovedSince, sort = 'login' } = query;
  const order = columns.map((column) => `m.${column} ${isDown ? 'DESC' : 'ASC'}`).join(', ');
  return idsOf(manager, query, {
    and: [...beyond(columns, isDown, query), ...until(columns, isDown, query)],
    end: `ORDER BY ${order} LIMIT ${limit + 1}`,
    // Without this, the join with changes makes the database read members in another order.
    index: unmovedSince && INDEXES[sort.replace('-', '')],
  });
}

interface Part {
  /** More conditions. */
  and?: string[];
  /** The end of the statement. */
  end: string;
  /** The index to read by, where nothing is searched for. */
  index?: string | undefined;
}

/** SQL for the ids of whom the query finds: one part for each status and each way to find somebody. */
function idsOf(manager: EntityManager, query: CountQuery, { and = [], end, index }: Part): string {
  const { statuses, affiliation, search, unmovedSince, githubTeams } = query;
  const few = githubTeams && !githubTeams.isLarge ? fromTeams(manager, githubTeams) : '';
  const common = [...conditions(query), ...and];
  const join = unmovedSince ? joinPlacing(manager, unmovedSince.fields) : '';
  const [term] = termsOf(search);
  const ways: Partial<Way>[] = term ? waysOf(term, 0) : [index ? { index } : {}];
  const parts = statuses.flatMap((status) =>
    ways.map(({ where, index }) => {
      const hint = index && !few ? usingIndex(manager, index) : '';
      const from = `${few} members m ${hint} ${join}`;
      const all = [...common, statusCondition(status, affiliation), ...(where ? [where] : [])].join(
        ' AND ',
      );
      return `SELECT m.id FROM ${from} WHERE ${all} ${end}`;
    }),
  );
  return `(${parts.map((part, i) => `SELECT id FROM (${part}) part${i}`).join(' UNION ')})`;
}

function indexToCount(query: CountQuery): string | undefined {
  const { role, twoFactor, suspended, type, identity, since } = query;
  if (identity !== undefined) return 'members_by_identity';
  const isFiltered = [role, twoFactor, suspended, type].some((value) => value !== undefined);
  return isFiltered ? 'members_by_filters' : since && INDEXES.since;
}

/** How many people the query finds, on all pages; where there are more than `most`, a higher number. */
export async function countMembers(
  manager: EntityManager,
  query: CountQuery,
  most: number,
): Promise<number> {
  const index = indexToCount(query);
  const found = await manager
    .createQueryBuilder()
    .select('COUNT(*)', 'people')
    .from(idsOf(manager, query, { end: `LIMIT ${most + 1}`, index }), 'found')
    .setParameters(parametersOf(query))
    .getRawOne<{ people: number | string }>();
  return Number(found?.people);
}

/** How many people of a directory have each status in each list. */
export async function countPeople(
  manager: EntityManager,
  where: FindOptionsWhere<Member>,
): Promise<PeopleCounts> {
  const rows = await manager
    .createQueryBuilder(Member, 'member')
    .select('member.status', 'status')
    .addSelect('member.outside', 'outside')
    .addSelect('COUNT(*)', 'people')
    .where(where)
    .groupBy('member.status')
    .addGroupBy('member.outside')
    .getRawMany<{ status: MemberStatus; outside: number | null; people: number | string }>();
  const counts = noPeople();
  for (const { status, outside, people } of rows)
    countPerson(
      counts,
      { status, outside: outside === null ? null : Boolean(outside) },
      Number(people),
    );
  return counts;
}
