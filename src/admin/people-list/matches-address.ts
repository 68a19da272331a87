import { formText } from '../../platform/web/form-text.js';
import type { MatchPosition } from '../../reviews/matching/find-matches.js';
import { CATEGORIES, type MatchCategory } from '../../reviews/matching/match-category.js';

const PATH = '/people-list/matches';

/** In characters. */
const MAX_LENGTH = 254;

interface Parameters {
  category?: MatchCategory | undefined;
  search?: string;
  after?: string;
  format?: 'csv' | 'json';
}

export function matchesPath(parameters: Parameters, path = PATH): string {
  const { category = '', search = '', after = '', format = '' } = parameters;
  const all = Object.entries({ category, search, after, format });
  const query = new URLSearchParams(all.filter(([, value]) => value !== ''));
  return query.size > 0 ? `${path}?${query}` : path;
}

/** The filter and the position in the URL of the matches. Invalid values are ignored. */
export class MatchesAddress {
  readonly category: MatchCategory | undefined;
  readonly search: string;
  /** The last match of the previous page; undefined on the first page. */
  readonly after: MatchPosition | undefined;

  constructor(query: unknown) {
    const category = formText(query, 'category');
    this.category = CATEGORIES.find((one) => one === category);
    this.search = formText(query, 'search').slice(0, MAX_LENGTH);
    const [found, id = '', sortKey = ''] =
      /^(\d{1,15}) (.*)$/s.exec(formText(query, 'after')) ?? [];
    this.after = found === undefined ? undefined : { id: Number(id), sortKey };
  }

  get here(): string {
    return this.page(this.after);
  }

  get first(): string {
    return this.page();
  }

  page(after?: MatchPosition): string {
    const { category, search } = this;
    return matchesPath({
      category,
      search,
      ...(after && { after: `${after.id} ${after.sortKey}` }),
    });
  }

  of(category: MatchCategory | undefined): string {
    return matchesPath({ category, search: this.search });
  }

  export(format: 'csv' | 'json'): string {
    const { category, search } = this;
    return matchesPath({ category, search, format }, `${PATH}/export`);
  }
}
