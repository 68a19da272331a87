import {
  LISTED_STATES,
  type ListedState,
} from '../../members/invitations/organization-invitation.entity.js';
import { formText } from '../../platform/web/form-text.js';

/** The state and the position in the URL of the invitations. Invalid values are ignored. */
export class InvitationsAddress {
  readonly state: ListedState;
  /** The last invitation of the previous page; undefined on the first page. */
  readonly before: number | undefined;

  constructor(
    private readonly integrationId: number,
    query: unknown,
  ) {
    const state = formText(query, 'state');
    this.state = LISTED_STATES.find((one) => one === state) ?? 'pending';
    const before = /^\d{1,15}$/.exec(formText(query, 'before'))?.[0];
    this.before = before ? Number(before) : undefined;
  }

  get here(): string {
    return this.page(this.before);
  }

  get export(): string {
    return this.with(this.state, '/export');
  }

  page(before?: number): string {
    const here = this.with(this.state);
    return before ? `${here}${here.includes('?') ? '&' : '?'}before=${before}` : here;
  }

  with(state: ListedState, more = ''): string {
    const path = `/integrations/github/${this.integrationId}/invitations${more}`;
    return state === 'pending' ? path : `${path}?state=${state}`;
  }
}
