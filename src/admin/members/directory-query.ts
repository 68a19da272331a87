import type { Affiliation } from '../../members/affiliation.js';
import {
  IDENTITY,
  IDENTITY_WORDS,
  type IdentityWord,
  TWO_FACTOR,
  TWO_FACTOR_WORDS,
  type TwoFactorWord,
} from '../../members/listing/filter-words.js';
import {
  ACCOUNT_TYPES,
  daysAgo,
  JOINED_WITHIN_DAYS,
  type MemberFilter,
  type MemberQuery,
  type MemberSort,
  type PagePosition,
  SORTS,
} from '../../members/listing/member-query.js';
import type { MemberStatus, OrganizationRole } from '../../members/member.entity.js';
import { formText } from '../../platform/web/form-text.js';
import { type PageSize, pageSizeIn, pageSizes, USUAL_PAGE_SIZE } from './page-size.js';

const STATUSES: MemberStatus[] = ['active', 'left', 'disabled'];
const ROLES: OrganizationRole[] = ['admin', 'member'];

type Direction = 'after' | 'before';

/** The filters and the position in a URL. Invalid values are ignored. */
export class DirectoryQuery {
  readonly status: MemberStatus;
  readonly search: string;
  /** The past date of the directory; '' for now. */
  readonly asOf: string;
  readonly role: OrganizationRole | undefined;
  readonly twoFactor: TwoFactorWord | undefined;
  readonly identity: IdentityWord | undefined;
  readonly suspended: 'true' | 'false' | undefined;
  readonly type: (typeof ACCOUNT_TYPES)[number] | undefined;
  /** Our id of a GitHub team. */
  readonly githubTeam: number | undefined;
  readonly includeChildTeams: boolean;
  /** It applies to the current directory only. */
  readonly within: (typeof JOINED_WITHIN_DAYS)[number] | undefined;
  readonly sort: MemberSort;
  /** The order by date was chosen, which a past directory does not have. */
  readonly isSortIgnored: boolean;
  /** The last person of the previous page, or the first of the next page. */
  readonly after: PagePosition | undefined;
  readonly before: PagePosition | undefined;
  /** The number of the first person on this page, for people to read. */
  readonly from: number;
  /** How many people a page shows. */
  readonly limit: PageSize;

  constructor(
    private readonly integrationId: number,
    private readonly query: unknown,
    readonly affiliation: Affiliation = 'member',
    /** The people of `githubTeam`. */
    private readonly githubTeams?: MemberFilter['githubTeams'],
  ) {
    const one = <T extends string>(name: string, allowed: readonly T[]) =>
      allowed.find((value) => value === formText(query, name));
    this.status = one('status', STATUSES) ?? 'active';
    this.search = formText(query, 'q').slice(0, 100);
    this.asOf = formText(query, 'asOf').slice(0, 100);
    this.role = one('role', ROLES);
    this.twoFactor = one('twoFactor', TWO_FACTOR_WORDS);
    this.identity = one('identity', IDENTITY_WORDS);
    this.suspended = one('suspended', ['true', 'false'] as const);
    this.type = one('type', ACCOUNT_TYPES);
    this.githubTeam = idIn(formText(query, 'githubTeam'));
    this.includeChildTeams = formText(query, 'includeChildTeams') === 'true';
    const sort = one('sort', SORTS) ?? 'login';
    this.within = JOINED_WITHIN_DAYS.find((days) => String(days) === formText(query, 'within'));
    this.isSortIgnored = this.asOf !== '' && sort.endsWith('since');
    this.sort = this.isSortIgnored ? 'login' : sort;
    this.after = placeAt(formText(query, 'after'), this.sort);
    this.before = this.after ? undefined : placeAt(formText(query, 'before'), this.sort);
    this.limit = pageSizeIn(query);
    this.from = this.after || this.before ? wholeNumber(formText(query, 'from')) : 1;
  }

  /** The same for the people of `githubTeam`. */
  inTeam(people: MemberFilter['githubTeams']): DirectoryQuery {
    return new DirectoryQuery(this.integrationId, this.query, this.affiliation, people);
  }

  /** The query for the directory. */
  get members(): Omit<MemberQuery, 'limit'> {
    const { integrationId, status, search, role, twoFactor, sort, after, before } = this;
    return {
      integrationId,
      statuses: [status],
      affiliation: this.affiliation,
      search,
      role,
      twoFactor: twoFactor && TWO_FACTOR[twoFactor],
      identity: this.identity && IDENTITY[this.identity],
      suspended: this.suspended && this.suspended === 'true',
      type: this.type,
      githubTeams: this.githubTeams,
      since: this.isWithinIgnored ? undefined : this.within && daysAgo(this.within),
      sort,
      after,
      before,
    };
  }

  /** When a past status began is not known, so that nobody can be filtered by it. */
  get isWithinIgnored(): boolean {
    return Boolean(this.within && this.asOf);
  }

  /** Whether a filter or a search is active. */
  get isNarrowed(): boolean {
    const isWithin = this.within && !this.asOf;
    return Boolean(this.search || isWithin || this.githubTeam) || this.isChosen;
  }

  private get isChosen(): boolean {
    return Boolean(this.role || this.twoFactor || this.identity || this.suspended || this.type);
  }

  /** Whether one of the filters beside the search is set. */
  get isFiltered(): boolean {
    return Boolean(this.within || this.asOf) || this.isChosen;
  }

  /** The link to the current directory, with the same search. */
  get now(): string {
    return this.address({ asOf: '' });
  }

  get here(): string {
    const { after, before, from } = this;
    if (after) return this.page('after', after, from);
    return before ? this.page('before', before, from) : this.first;
  }

  get first(): string {
    return this.address({});
  }

  get isOutside(): boolean {
    return this.affiliation === 'outside_collaborator';
  }

  /** The address of the page, without filters. */
  get path(): string {
    return `/integrations/github/${this.integrationId}/${PATHS[this.affiliation]}`;
  }

  /** The link to the same people as a file. */
  get export(): string {
    return this.address({ limit: '' }, '/export');
  }

  /** The link to what changed between two dates; from the past date, if there is one. */
  get compare(): string {
    const query = this.asOf ? `?${new URLSearchParams({ from: this.asOf })}` : '';
    return `/integrations/github/${this.integrationId}/members/diff${query}`;
  }

  /** The link to everybody with the status. */
  get all(): string {
    const none = { role: '', twoFactor: '', identity: '', suspended: '', type: '', within: '' };
    return this.address({ q: '', ...none, ...NO_TEAM });
  }

  /** The link to the same people of all teams. */
  get ofAllTeams(): string {
    return this.address(NO_TEAM);
  }

  page(direction: Direction, { key, id }: PagePosition, from: number): string {
    return this.address({ [direction]: `${id}:${key}`, from: String(from) });
  }

  tabs(counts: Record<MemberStatus, number>) {
    return STATUSES.map((status) => ({
      status,
      count: counts[status],
      href: this.address({ status }),
      isHere: status === this.status,
    }));
  }

  get sizes() {
    return pageSizes(this.limit, (size) => this.address({ limit: String(size) }));
  }

  /** Whether another page size than the usual one was chosen. */
  get isResized(): boolean {
    return this.limit !== USUAL_PAGE_SIZE;
  }

  /** The sort direction of a column, and the link that sorts by it or reverses it. */
  column(name: 'login' | 'name' | 'since') {
    const isUp = this.sort === name;
    const isDown = this.sort === `-${name}`;
    return {
      href: this.address({ sort: isUp ? `-${name}` : name }),
      direction: isUp ? 'ascending' : isDown ? 'descending' : undefined,
    };
  }

  private address(change: Record<string, string>, more = ''): string {
    const { status, search: q, asOf, role = '', twoFactor = '', within = '', sort } = this;
    const { identity = '', suspended = '', type = '', githubTeam = '' } = this;
    const team = {
      githubTeam: String(githubTeam),
      includeChildTeams: this.includeChildTeams && githubTeam ? 'true' : '',
    };
    const chosen = { role, twoFactor, identity, suspended, type, within: String(within), ...team };
    const all = { status, q, asOf, ...chosen, sort, limit: String(this.limit), ...change };
    const parameters = new URLSearchParams(all);
    for (const [name, value] of Object.entries({ ...all }))
      if (value === '' || USUAL[name] === value) parameters.delete(name);
    const query = parameters.size > 0 ? `?${parameters}` : '';
    return `${this.path}${more}${query}`;
  }
}

const PATHS: Record<Affiliation, string> = {
  member: 'members',
  outside_collaborator: 'collaborators',
};

const NO_TEAM = { githubTeam: '', includeChildTeams: '' };

/** Defaults, left out of URLs. */
const USUAL: Record<string, string> = {
  status: 'active',
  sort: 'login',
  limit: String(USUAL_PAGE_SIZE),
};

function placeAt(text: string, sort: MemberSort): PagePosition | undefined {
  const [, id, key = ''] = /^(\d{1,15}):(.{0,1100})$/s.exec(text) ?? [];
  if (!id || (sort.endsWith('since') && Number.isNaN(Date.parse(key)))) return undefined;
  return { key, id: Number(id) };
}

const idIn = (text: string): number | undefined =>
  /^[1-9]\d{0,8}$/.test(text) ? Number(text) : undefined;

const wholeNumber = (text: string): number =>
  /^\d{1,9}$/.test(text) ? Math.max(1, Number(text)) : 1;
