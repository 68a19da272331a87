import { AFFILIATIONS, type Affiliation } from '../../members/affiliation.js';
import type { OrganizationRole } from '../../members/member.entity.js';
import { formText } from '../../platform/web/form-text.js';
import type { ItemFilter, ItemPosition } from '../../reviews/access-reviews/find-items.js';
import {
  DECISION_FILTERS,
  type DecisionFilter,
} from '../../reviews/access-reviews/review-decisions.js';

const ROLES: readonly OrganizationRole[] = ['admin', 'member'];

/** In characters. */
const MAX_LENGTH = 255;

const oneOf = <T extends string>(all: readonly T[], typed: string): T | undefined =>
  all.find((one) => one === typed);

/** The filter and the position in the URL of a review's rows. Invalid values are ignored. */
export class ReviewAddress {
  readonly decision: DecisionFilter | undefined;
  readonly affiliation: Affiliation | undefined;
  readonly role: OrganizationRole | undefined;
  readonly organization: string;
  readonly reviewer: string;
  readonly search: string;
  /** The last row of the previous page; undefined on the first page. */
  readonly after: ItemPosition | undefined;

  constructor(
    readonly reviewId: number,
    query: unknown,
  ) {
    const text = (name: string) => formText(query, name).slice(0, MAX_LENGTH);
    this.decision = oneOf(DECISION_FILTERS, text('decision'));
    this.affiliation = oneOf(AFFILIATIONS, text('affiliation'));
    this.role = oneOf(ROLES, text('role'));
    this.organization = text('organization');
    this.reviewer = text('reviewer');
    this.search = text('search');
    const [found, id = '', sortKey = ''] =
      /^(\d{1,15}) (.*)$/s.exec(formText(query, 'after')) ?? [];
    this.after = found === undefined ? undefined : { id: Number(id), sortKey };
  }

  /** An empty field finds everybody. */
  get filter(): ItemFilter {
    const { decision, affiliation, role, organization, reviewer, search } = this;
    return {
      ...{ decision, affiliation, role, search },
      organization: organization || undefined,
      reviewer: reviewer || undefined,
    };
  }

  get isFiltered(): boolean {
    const { affiliation, role, organization, reviewer, search } = this;
    return [affiliation, role, organization, reviewer, search].some(Boolean);
  }

  /** The page that is shown. */
  get here(): string {
    return this.page(this.after);
  }

  get first(): string {
    return this.page();
  }

  /** The same filter for another action. @param path such as `/export`; '' for the page */
  to(path: string, more: Record<string, string | undefined> = {}): string {
    const { decision, affiliation, role, organization, reviewer, search, reviewId } = this;
    const all = { decision, affiliation, role, organization, reviewer, search, ...more };
    const given = Object.entries(all).filter((pair): pair is [string, string] => Boolean(pair[1]));
    const query = new URLSearchParams(given);
    const address = `/reviews/${reviewId}${path}`;
    return query.size > 0 ? `${address}?${query}` : address;
  }

  page(after?: ItemPosition): string {
    return this.to('', { after: after && `${after.id} ${after.sortKey}` });
  }

  of(decision: DecisionFilter | undefined): string {
    return this.to('', { decision });
  }
}
