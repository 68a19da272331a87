import { inThisOrder, type Source } from '../../platform/database/dialect.js';
import { canBeFound } from '../writing/name-keys.js';
import type {
  CountQuery,
  MemberFilter,
  MemberQuery,
  MemberSort,
  PagePosition,
} from './member-query.js';
import { nameAndLogin } from './member-query.js';
import { otherTerms, termParameters, termsOf } from './search-terms.js';

/** The conditions that everybody shown fulfils. */
export const conditions = (filter: MemberFilter): string[] => [
  'm.integration_id = :integrationId',
  ...(canBeFound(filter.search ?? '') ? otherTerms(termsOf(filter.search)) : ['1 = 0']),
  ...(filter.role ? ['m.role = :role'] : []),
  ...twoFactorCondition(filter),
  ...(filter.suspended === undefined ? [] : ['m.suspended = :suspended']),
  ...(filter.type ? ['m.github_type = :type'] : []),
  ...(filter.githubTeams ? [inTeams(filter.githubTeams)] : []),
  ...(filter.identity === undefined ? [] : ['m.identity_linked = :identity']),
  ...(filter.since ? ['m.since >= :since'] : []),
  ...(filter.unmovedSince ? ['c.id IS NULL'] : []),
];

/**
 * SQL for people in teams. A few are looked up, see `fromTeams`; of thousands, each person is checked in the order of the
 * page. `+ 0` keeps the databases from reading by the team.
 */
const inTeams = ({ ids, isLarge, asOf }: NonNullable<MemberFilter['githubTeams']>): string =>
  isLarge
    ? `EXISTS (SELECT 1 FROM github_team_members gt WHERE gt.github_id = m.github_id AND ${inPlace('gt', asOf)}
         AND gt.github_team_id + 0 IN (${ids.join(', ')}))`
    : 'm.github_id = team_people.github_id';

/** SQL before `members` that starts with the few people of teams. */
export const fromTeams = (
  source: Source,
  { ids, asOf }: NonNullable<MemberFilter['githubTeams']>,
) =>
  `(SELECT DISTINCT gt.github_id FROM github_team_members gt
    WHERE gt.github_team_id IN (${ids.join(', ')}) AND ${inPlace('gt', asOf)}) team_people ${inThisOrder(source)}`;

/** SQL for a place in a GitHub team that somebody has, or had at `:placesAt`. */
export const inPlace = (place: string, asOf: Date | undefined): string =>
  asOf
    ? `${place}.since <= :placesAt AND (${place}.left_at IS NULL OR ${place}.left_at > :placesAt)`
    : `${place}.left_at IS NULL`;

function twoFactorCondition({ twoFactor }: MemberFilter): string[] {
  if (twoFactor === undefined) return [];
  return [
    twoFactor === null ? 'm.two_factor_enabled IS NULL' : 'm.two_factor_enabled = :twoFactor',
  ];
}

/** Ends the index scan at `upTo`. People with the same last key may be read too. */
export const until = (columns: string[], isDown: boolean, { upTo }: MemberQuery): string[] =>
  upTo ? [`m.${columns[0]} ${isDown ? '>' : '<'}= :end0`] : [];

/** Only rows after a place, or before it. The first condition lets the index scan start there. */
export function beyond(
  columns: string[],
  isDown: boolean,
  { after, before }: MemberQuery,
): string[] {
  if (!after && !before) return [];
  const than = isDown ? '<' : '>';
  const further = columns.reduceRight(
    (rest, column, i) =>
      `(m.${column} ${than} :place${i}${rest && ` OR (m.${column} = :place${i} AND ${rest})`})`,
    '',
  );
  return [`m.${columns[0]} ${than}= :place0`, further];
}

/** The values of all conditions. */
export function parametersOf(query: CountQuery & Partial<MemberQuery>): Record<string, unknown> {
  const { integrationId, search, role, twoFactor, since, sort = 'login' } = query;
  const place = query.after ?? query.before;
  const places = place ? valuesOf(place, sort) : [];
  return {
    ...Object.fromEntries(places.map((value, i) => [`place${i}`, value])),
    ...{ integrationId, role, twoFactor, suspended: query.suspended, type: query.type },
    identity: query.identity,
    placesAt: query.githubTeams?.asOf && asTime(query.githubTeams.asOf),
    ...(query.upTo && { end0: valuesOf(query.upTo, sort)[0] }),
    changedSince: query.unmovedSince && asTime(query.unmovedSince.moment),
    since: since && asTime(since),
    ...termParameters(termsOf(search)),
  };
}

function valuesOf({ key, id }: PagePosition, sort: MemberSort): (string | number)[] {
  if (sort.endsWith('since')) return [asTime(new Date(key)), id];
  return sort.endsWith('name') ? [...nameAndLogin(key), id] : [key, id];
}

/** The form in which both databases keep it: UTC, with milliseconds. */
export const asTime = (date: Date): string => date.toISOString().slice(0, -1).replace('T', ' ');
