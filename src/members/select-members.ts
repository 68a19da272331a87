import type { DataSource, SelectQueryBuilder } from 'typeorm';
import { Member } from './member.entity.js';
import type { MemberFilter, MemberQuery, MemberSort, Place } from './member-query.js';
import { isDescending, nameAndLogin } from './member-query.js';

/** What is sorted by, the first first; each has an index that begins with the integration and the status. */
const ORDERS: Record<string, string[]> = {
  login: ['login_key', 'id'],
  name: ['name_key', 'login_key', 'id'],
  since: ['since', 'id'],
};

/** From each of the first words on; whatever comes behind the third is looked through. */
const SEARCHED = ['login_key', 'name_key', 'name_key_2', 'name_key_3'];

/**
 * One page of a directory, and one more; read backwards where it is the one before somebody. Each status, and each way in
 * which somebody may be found, is read in the order of its own index, no further than for a page.
 */
export function selectPage(dataSource: DataSource, query: MemberQuery): SelectQueryBuilder<Member> {
  const { sort = 'login', limit, before, statuses, search } = query;
  const isDown = isDescending(sort) !== (before !== undefined);
  const direction = isDown ? 'DESC' : 'ASC';
  const columns = ORDERS[sort.replace('-', '')] ?? [];
  const common = [...conditions(query), ...beyond(columns, isDown, query)];
  const found = search ? [...SEARCHED.map(begins), MORE] : [undefined];
  const parts = statuses.flatMap((_, i) =>
    found.map((one) => [...common, `m.status = :status${i}`, one].filter(Boolean).join(' AND ')),
  );
  const order = columns.map((column) => `m.${column} ${direction}`).join(', ');
  const union = parts.map(
    (where, i) =>
      `SELECT id FROM (SELECT m.id FROM members m WHERE ${where} ORDER BY ${order} LIMIT ${limit + 1}) part${i}`,
  );
  const select = dataSource
    .createQueryBuilder(Member, 'member')
    .innerJoin(`(${union.join(' UNION ')})`, 'found', 'found.id = member.id')
    .setParameters(parametersOf(query))
    .limit(limit + 1);
  for (const column of columns) select.addOrderBy(`member.${column}`, direction);
  return select;
}

const begins = (column: string) => `m.${column} >= :begins AND m.${column} < :ends`;

const MORE =
  "m.name_key_more > '' AND (m.name_key_more LIKE :beginsMore ESCAPE '!' OR m.name_key_more LIKE :withinMore ESCAPE '!')";

const conditions = ({ role, twoFactor, since }: MemberFilter): string[] => [
  'm.integration_id = :integrationId',
  ...(role ? ['m.role = :role'] : []),
  ...(twoFactor === undefined ? [] : ['m.two_factor_enabled = :twoFactor']),
  ...(since ? ['m.since >= :since'] : []),
];

/** Behind a place, or before it. The first of these conditions is what an index is entered at. */
function beyond(columns: string[], isDown: boolean, { after, before }: MemberQuery): string[] {
  if (!after && !before) return [];
  const than = isDown ? '<' : '>';
  const further = columns.reduceRight(
    (rest, column, i) =>
      `(m.${column} ${than} :place${i}${rest && ` OR (m.${column} = :place${i} AND ${rest})`})`,
    '',
  );
  return [`m.${columns[0]} ${than}= :place0`, further];
}

function parametersOf(query: MemberQuery): Record<string, unknown> {
  const { integrationId, statuses, search = '', role, twoFactor, since, sort = 'login' } = query;
  const text = search.toLowerCase();
  const literal = text.replace(/[!%_]/g, '!$&');
  const place = query.after ?? query.before;
  const places = place ? valuesOf(place, sort) : [];
  return {
    ...Object.fromEntries(statuses.map((status, i) => [`status${i}`, status])),
    ...Object.fromEntries(places.map((value, i) => [`place${i}`, value])),
    ...{ integrationId, role, twoFactor },
    since: since && asTime(since),
    begins: text,
    // The last character that there is.
    ends: `${text}\u{10ffff}`,
    beginsMore: `${literal}%`,
    withinMore: `% ${literal}%`,
  };
}

function valuesOf({ key, id }: Place, sort: MemberSort): (string | number)[] {
  if (sort.endsWith('since')) return [asTime(new Date(key)), id];
  return sort.endsWith('name') ? [...nameAndLogin(key), id] : [key, id];
}

/** As both databases keep it: UTC, with milliseconds. */
const asTime = (date: Date): string => date.toISOString().slice(0, -1).replace('T', ' ');
