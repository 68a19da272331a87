import {
  ACTIVITY_KINDS,
  type ActivityFilter,
  type ActivityKind,
  type ActivityPosition,
} from '../../integrations/activity/activity-query.js';
import { formText } from '../../platform/web/form-text.js';

const POSITION = /^(\d{1,15})(?:-(\d{1,15}))?$/;

/** The filters and the position in the URL of a history. Invalid values are ignored. */
export class HistoryQuery {
  readonly kind: ActivityKind | undefined;
  readonly person: string;
  readonly by: string;
  /** The last items of the previous page; undefined on the first page. */
  readonly before: ActivityPosition | undefined;

  constructor(
    private readonly integrationId: number,
    query: unknown,
  ) {
    this.kind = ACTIVITY_KINDS.find((kind) => kind === formText(query, 'kind'));
    this.person = formText(query, 'person').slice(0, 100);
    this.by = formText(query, 'by').slice(0, 100);
    const [found, run, change = '0'] = POSITION.exec(formText(query, 'before')) ?? [];
    this.before = found ? { run: Number(run), change: Number(change) } : undefined;
  }

  get filter(): ActivityFilter {
    const { integrationId, kind, person, by } = this;
    return { integrationId, kind, person, by };
  }

  get isFiltered(): boolean {
    return Boolean(this.kind || this.person || this.by);
  }

  get here(): string {
    return this.before ? this.page(this.before) : this.first;
  }

  get first(): string {
    return this.address({});
  }

  page({ run, change }: ActivityPosition): string {
    return this.address({ before: `${run}-${change}` });
  }

  export(format: 'csv' | 'json'): string {
    return this.address({ format }, 'runs/export');
  }

  private address(more: Record<string, string>, path = 'runs'): string {
    const { integrationId, kind = '', person, by } = this;
    const all = Object.entries({ kind, person, by, ...more }).filter(([, value]) => value !== '');
    const parameters = new URLSearchParams(all);
    return `/integrations/github/${integrationId}/${path}${all.length > 0 ? `?${parameters}` : ''}`;
  }
}
