import { LOGIN } from '../../github/access/organization-name.js';
import { JOINED_WITHIN_DAYS, type MemberPage } from '../../members/listing/member-query.js';
import type { MemberStatus } from '../../members/member.entity.js';
import type { DirectoryQuery } from './directory-query.js';
import { matchingWords } from './matching.js';
import { canResize } from './page-size.js';

/** The data around the rows of a directory page, current or past. */
export function directoryView(
  query: DirectoryQuery,
  counts: Record<MemberStatus, number>,
  { members, previous, next }: MemberPage,
  matching: number | undefined,
) {
  const { status, sort, from, isNarrowed } = query;
  return {
    ...shownOf(query),
    to: from + members.length - 1,
    isSorted: sort !== 'login',
    lookFor: !query.asOf && !query.isOutside && LOGIN.test(query.search) ? query.search : undefined,
    choices: choicesOf(query),
    ignored: ignoredOf(query),
    tabs: query.tabs(counts),
    columns: columnsOf(query),
    isEverEmpty: counts.active + counts.left + counts.disabled === 0,
    total: isNarrowed ? undefined : counts[status],
    matching: matching && {
      people: matching,
      words: matchingWords(matching),
      of: Math.max(counts[status], matching),
    },
    export: query.export,
    sizes: canResize(!previous && !next, members.length) ? query.sizes : undefined,
    first: (query.after || query.before) && query.first,
    previous: previous && query.page('before', previous, Math.max(1, from - query.limit)),
    next: next && query.page('after', next, from + members.length),
  };
}

/** The query values that the page repeats. */
const shownOf = (query: DirectoryQuery) =>
  Object.fromEntries(REPEATED.map((name) => [name, query[name]]));

const REPEATED = [
  'isOutside',
  'path',
  'here',
  'all',
  'compare',
  'status',
  'search',
  'asOf',
  'role',
  'twoFactor',
  'identity',
  'suspended',
  'type',
  'within',
  'sort',
  'from',
  'isNarrowed',
  'isFiltered',
  'limit',
  'isResized',
  'githubTeam',
  'includeChildTeams',
  'ofAllTeams',
] as const satisfies (keyof DirectoryQuery)[];

/** GitHub does not report when somebody joined, so this is when Rollcall first found them. */
const sinceWord = ({ status }: Pick<DirectoryQuery, 'status'>): string =>
  status === 'left' ? 'Left' : 'First seen';

/** Names and logins share a column. */
function columnsOf(query: DirectoryQuery) {
  const [login, name, since] = (['login', 'name', 'since'] as const).map((one) =>
    query.column(one),
  );
  const sinceLabel = sinceWord(query);
  return { login, name, since, sinceLabel, named: login?.direction ?? name?.direction };
}

/** The filters beside the search. */
export function choicesOf(query: DirectoryQuery) {
  const { isOutside, role, twoFactor, identity, suspended, type } = query;
  const roles = choice('role', 'Role', role, [
    option('', 'Any role'),
    option('admin', 'Admins'),
    option('member', 'Members'),
  ]);
  const identities = choice('identity', 'Corporate identity', identity, [
    option('', 'Any identity'),
    option('linked', 'With corporate identity'),
    option('none', 'Without corporate identity'),
  ]);
  return [
    // Outside collaborators have neither.
    ...(isOutside ? [] : [roles]),
    choice('twoFactor', 'Two-factor authentication', twoFactor, [
      option('', 'Any two-factor'),
      option('on', 'With two-factor'),
      option('off', 'Without two-factor'),
      option('unknown', 'Two-factor not visible'),
    ]),
    ...(isOutside ? [] : [identities]),
    choice('suspended', 'Suspension', suspended, [
      option('', 'Suspended or not'),
      option('true', 'Suspended'),
      option('false', 'Not suspended'),
    ]),
    choice('type', 'Kind of account', type, [
      option('', 'Any account'),
      option('User', 'People'),
      option('Bot', 'Bots'),
      option('Organization', 'Organizations'),
    ]),
    withinChoice(query),
  ];
}

/** As of a past date it is disabled. It keeps its value for the way back to now. */
function withinChoice(query: DirectoryQuery) {
  const verb = sinceWord(query);
  const within = String(query.within ?? '');
  if (query.asOf) {
    const words = `${verb}: not for a past date`;
    return { ...choice('within', verb, '', [option('', words)]), isDisabled: true, kept: within };
  }
  const days = JOINED_WITHIN_DAYS.map((count) => option(String(count), withinWords(query, count)));
  return choice('within', verb, within, [option('', `${verb} any time`), ...days]);
}

const withinWords = (query: DirectoryQuery, days: number): string =>
  `${sinceWord(query)} in the last ${days} days`;

/** What was chosen and does not apply to a past date, in sentences. */
function ignoredOf(query: DirectoryQuery): string[] {
  const { within, isWithinIgnored, isSortIgnored } = query;
  const words = within && isWithinIgnored ? withinWords(query, within) : '';
  return [
    ...(words ? [`“${words}” does not apply to a past date.`] : []),
    ...(isSortIgnored ? ['Sorted by login.'] : []),
  ];
}

const option = (value: string, words: string) => ({ value, words });

const choice = (
  name: string,
  label: string,
  chosen = '',
  options: ReturnType<typeof option>[],
) => ({ name, label, chosen, options });
