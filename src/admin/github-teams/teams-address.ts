import { formText } from '../../platform/web/form-text.js';
import { githubTeamsPath } from '../shared/github-team-path.js';

const MAX_SEARCH = 100;

/** What is shown of an organization's GitHub teams, in the URL. Invalid values are ignored. */
export class TeamsAddress {
  readonly search: string;
  readonly deleted: boolean;
  /** How many teams the pages before show. */
  readonly from: number;

  constructor(
    private readonly integrationId: number,
    query: unknown,
  ) {
    this.search = formText(query, 'q').trim().slice(0, MAX_SEARCH);
    this.deleted = formText(query, 'state') === 'deleted';
    this.from = Number(/^\d{1,6}$/.exec(formText(query, 'from'))?.[0] ?? 0);
  }

  get here(): string {
    return this.page(this.from);
  }

  page(from: number): string {
    return this.with({ q: this.search, from: from > 0 ? `${from}` : '' });
  }

  state(state: 'existing' | 'deleted'): string {
    return this.with({ q: this.search, state: state === 'deleted' ? state : '' });
  }

  private with(given: Record<string, string>): string {
    const all = { state: this.deleted ? 'deleted' : '', ...given };
    const query = new URLSearchParams(Object.entries(all).filter(([, value]) => value !== ''));
    const path = githubTeamsPath(this.integrationId);
    return query.size > 0 ? `${path}?${query}` : path;
  }
}
