import { parsePeriod } from '../../members/past/as-of.js';
import { DIFFERENCE_KINDS, type DifferenceKind } from '../../members/past/member-difference.js';
import { formText } from '../../platform/web/form-text.js';

/** The dates, the kind and the place in a URL of a comparison. Invalid kinds and places are ignored. */
export class DiffAddress {
  readonly from: string;
  /** '' for now. */
  readonly to: string;
  readonly kind: DifferenceKind | undefined;
  /** GitHub's id of the last person of the previous page. */
  readonly after: number | undefined;

  constructor(
    private readonly integrationId: number,
    query: unknown,
  ) {
    this.from = formText(query, 'from').slice(0, 100);
    this.to = formText(query, 'to').slice(0, 100);
    this.kind = DIFFERENCE_KINDS.find((kind) => kind === formText(query, 'kind'));
    const after = formText(query, 'after');
    this.after = /^\d{1,15}$/.test(after) ? Number(after) : undefined;
  }

  get isAsked(): boolean {
    return this.from !== '';
  }

  /** @throws PublicError where a date is wrong */
  get period() {
    const { from, to } = this;
    return parsePeriod({ from, to: to || undefined });
  }

  with({ kind, after }: { kind: DifferenceKind | undefined; after?: number }): string {
    return this.address({ kind: kind ?? '', after: String(after ?? '') });
  }

  export(format: 'csv' | 'json'): string {
    return this.address({ kind: this.kind ?? '', format }, '/export');
  }

  private address(more: Record<string, string>, path = ''): string {
    const { integrationId, from, to } = this;
    const all = Object.entries({ from, to, ...more }).filter(([, value]) => value !== '');
    const query = new URLSearchParams(all);
    return `/integrations/github/${integrationId}/members/diff${path}?${query}`;
  }
}
