import type { AuditFilter, AuditPosition } from '../../accounts/audit/audit-log.js';
import { auditPeriod } from '../../accounts/audit/audit-period.js';
import { NO_TEAM } from '../../accounts/audit/record-audit.js';
import type { Identity } from '../../accounts/identity.js';
import { isDay } from '../../platform/dates.js';
import { formText } from '../../platform/web/form-text.js';

const POSITION = /^(\d{1,15})-(\d{1,15})$/;

const MAX_LENGTH = 254;

/** The filters and the position in the URL of the audit log. Invalid values are ignored. */
export class AuditPageQuery {
  readonly actor: string;
  readonly action: string;
  readonly since: string;
  readonly until: string;
  /** Whether it shows what concerns no team; only for instance admins. */
  readonly ofInstance: boolean;
  /** The last entry of the previous page; undefined on the first page. */
  readonly after: AuditPosition | undefined;

  constructor(
    private readonly identity: Pick<Identity, 'teamId' | 'instanceAdmin'>,
    query: unknown,
  ) {
    this.actor = formText(query, 'actor').slice(0, MAX_LENGTH);
    this.action = formText(query, 'action').slice(0, MAX_LENGTH);
    this.since = dateIn(query, 'since');
    this.until = dateIn(query, 'until');
    this.ofInstance = identity.instanceAdmin && formText(query, 'of') === 'instance';
    const [found, at, id] = POSITION.exec(formText(query, 'after')) ?? [];
    this.after = found ? { at: new Date(Number(at)), id: Number(id) } : undefined;
  }

  get filter(): AuditFilter {
    const { actor, action, since, until } = this;
    const teamId = this.ofInstance ? NO_TEAM : this.identity.teamId;
    return { teamId, actor, action, ...auditPeriod({ since, until }) };
  }

  get isFiltered(): boolean {
    return Boolean(this.actor || this.action || this.since || this.until);
  }

  get first(): string {
    return this.address({});
  }

  page({ at, id }: AuditPosition): string {
    return this.address({ after: `${at.getTime()}-${id}` });
  }

  export(format: 'csv' | 'ndjson'): string {
    return this.address({ format }, '/audit/export');
  }

  private address(more: Record<string, string>, path = '/audit'): string {
    const { actor, action, since, until } = this;
    const of = this.ofInstance ? 'instance' : '';
    const all = Object.entries({ of, actor, action, since, until, ...more });
    const parameters = new URLSearchParams(all.filter(([, value]) => value !== ''));
    return parameters.size > 0 ? `${path}?${parameters}` : path;
  }
}

/** '' where it is no date. */
function dateIn(query: unknown, name: string): string {
  const text = formText(query, name);
  return isDay(text) ? text : '';
}
