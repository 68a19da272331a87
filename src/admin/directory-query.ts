import type { Member, MemberStatus } from '../members/member.entity.js';
import { formText } from '../platform/web/form-text.js';

/** How many people a page of the directory shows. */
export const PAGE = 50;

const STATUSES: MemberStatus[] = ['active', 'left', 'disabled'];

type Place = Pick<Member, 'loginKey' | 'id'>;

/** Which part of a directory an address means; whatever in it makes no sense is left out. */
export class DirectoryQuery {
  readonly status: MemberStatus;
  readonly search: string;
  /** The past moment whose roster is meant; '' for now. */
  readonly asOf: string;
  /** The last person of the page before. */
  readonly after: Place | undefined;
  /** The number of the first person on this page, for people to read. */
  readonly from: number;

  constructor(
    private readonly integrationId: number,
    query: unknown,
  ) {
    const status = formText(query, 'status');
    this.status = STATUSES.find((one) => one === status) ?? 'active';
    this.search = formText(query, 'q').slice(0, 100);
    this.asOf = formText(query, 'asOf').slice(0, 100);
    this.after = placeOf(formText(query, 'after'));
    this.from = this.after ? wholeNumber(formText(query, 'from')) : 1;
  }

  /** The directory of now, with the same search. */
  get now(): string {
    const { integrationId, status, search: q } = this;
    return new DirectoryQuery(integrationId, { status, q }).here;
  }

  get here(): string {
    return this.with({ after: this.after, from: this.from });
  }

  /** The address of another page of the same directory. */
  with({ after, from }: { after?: Place; from?: number }, status = this.status): string {
    const parameters = new URLSearchParams();
    if (status !== 'active') parameters.set('status', status);
    if (this.search) parameters.set('q', this.search);
    if (this.asOf) parameters.set('asOf', this.asOf);
    if (after) parameters.set('after', `${after.loginKey}:${after.id}`);
    if (after && from) parameters.set('from', String(from));
    const query = parameters.size > 0 ? `?${parameters}` : '';
    return `/integrations/github/${this.integrationId}/members${query}`;
  }

  tabs(counts: Record<MemberStatus, number>) {
    return STATUSES.map((status) => ({
      status,
      count: counts[status],
      href: this.with({}, status),
      isHere: status === this.status,
    }));
  }
}

/** No login holds a colon. */
function placeOf(text: string): Place | undefined {
  const [, loginKey, id] = /^([^:]+):(\d{1,15})$/.exec(text) ?? [];
  return loginKey ? { loginKey, id: Number(id) } : undefined;
}

const wholeNumber = (text: string): number => (/^\d{1,9}$/.test(text) ? Number(text) : 1);
