import type { DataSource, SelectQueryBuilder } from 'typeorm';
import { Member } from './member.entity.js';
import type { MemberFilter, MemberQuery, MemberSort } from './member-query.js';
import { isDescending } from './member-query.js';

const SINCE = 'COALESCE(member.left_at, member.joined_at)';

/** Sorted by login the index of the directory serves; the others sort those who fit. */
const COLUMNS: Record<string, string> = {
  login: 'member.login_key',
  name: 'member.name_key',
  since: SINCE,
};

/** One page of a directory, and one more; read backwards where it is the one before somebody. */
export function selectPage(
  dataSource: DataSource,
  { integrationId, sort = 'login', limit, after, before, ...filter }: MemberQuery,
): SelectQueryBuilder<Member> {
  const select = dataSource
    .createQueryBuilder(Member, 'member')
    .where('member.integration_id = :integrationId', { integrationId });
  narrow(select, filter);
  const column = COLUMNS[sort.replace('-', '')] ?? '';
  const isDown = isDescending(sort) !== (before !== undefined);
  const place = after ?? before;
  if (place)
    select.andWhere(
      `(${column} ${isDown ? '<' : '>'} :key OR (${column} = :key AND member.id ${isDown ? '<' : '>'} :placeId))`,
      { key: keyFor(sort, place.key), placeId: place.id },
    );
  const direction = isDown ? 'DESC' : 'ASC';
  return select
    .orderBy(column, direction)
    .addOrderBy('member.id', direction)
    .limit(limit + 1);
}

function narrow(
  select: SelectQueryBuilder<Member>,
  { statuses, search, role, twoFactor, since }: MemberFilter,
): void {
  select.andWhere('member.status IN (:...statuses)', { statuses });
  if (search) match(select, search.toLowerCase());
  if (role) select.andWhere('member.role = :role', { role });
  if (twoFactor !== undefined)
    select.andWhere('member.two_factor_enabled = :twoFactor', { twoFactor });
  if (since) select.andWhere(`${SINCE} >= :since`, { since: asTime(since) });
}

function match(select: SelectQueryBuilder<Member>, search: string): void {
  const literal = search.replace(/[!%_]/g, '!$&');
  select.andWhere(
    "(member.login_key LIKE :begins ESCAPE '!' OR member.name_key LIKE :contains ESCAPE '!')",
    { begins: `${literal}%`, contains: `%${literal}%` },
  );
}

const keyFor = (sort: MemberSort, key: string): string =>
  sort.endsWith('since') ? asTime(new Date(key)) : key;

/** As both databases keep it: UTC, with milliseconds. */
const asTime = (date: Date): string => date.toISOString().slice(0, -1).replace('T', ' ');
