import type { ChangePosition } from '../../members/changes/person-changes.js';
import { formText } from '../../platform/web/form-text.js';
import { personPath } from '../shared/person-view.js';

const POSITION = /^(\d{1,15})-(\d{1,15})$/;

/** The place in a person's history in the URL of their page. An invalid one is ignored. */
export class PersonAddress {
  /** The last change of the previous page; undefined on the first page. */
  readonly before: ChangePosition | undefined;

  constructor(
    private readonly integrationId: number,
    private readonly memberId: number,
    query: unknown,
  ) {
    const [found, madeAt, id] = POSITION.exec(formText(query, 'before')) ?? [];
    this.before = found ? { madeAt: new Date(Number(madeAt)), id: Number(id) } : undefined;
  }

  get first(): string {
    return personPath(this.integrationId, this.memberId);
  }

  get here(): string {
    return this.before ? this.page(this.before) : this.first;
  }

  page({ madeAt, id }: ChangePosition): string {
    return `${this.first}?before=${madeAt.getTime()}-${id}`;
  }
}
