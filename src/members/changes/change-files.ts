import { csvLine, jsonCell } from '../../platform/csv.js';
import { jsonArray } from '../../platform/json.js';
import type { MemberChange } from './member-change.entity.js';

/** A change, as it is shown everywhere. Times are ISO 8601, UTC, with milliseconds. */
export interface PresentedChange
  extends Pick<MemberChange, 'id' | 'githubId' | 'login' | 'kind' | 'before' | 'after' | 'madeBy'> {
  madeAt: string;
}

export const presentChange = (change: MemberChange): PresentedChange => ({
  id: change.id,
  githubId: change.githubId,
  login: change.login,
  kind: change.kind,
  before: change.before,
  after: change.after,
  madeBy: change.madeBy,
  madeAt: change.madeAt.toISOString(),
});

export const CHANGE_COLUMNS = [
  'id',
  'githubId',
  'login',
  'kind',
  'before',
  'after',
  'madeBy',
  'madeAt',
] as const satisfies (keyof PresentedChange)[];

/** Changes as CSV; the values before and after are JSON in a cell. */
export async function* changesCsv(changes: AsyncIterable<MemberChange>): AsyncGenerator<string> {
  yield csvLine(CHANGE_COLUMNS);
  for await (const change of changes) {
    const { before, after, ...presented } = presentChange(change);
    const values = { ...presented, before: jsonCell(before), after: jsonCell(after) };
    yield csvLine(CHANGE_COLUMNS.map((column) => values[column]));
  }
}

/** The same as a JSON array. */
export const changesJson = (changes: AsyncIterable<MemberChange>): AsyncGenerator<string> =>
  jsonArray(presented(changes));

async function* presented(changes: AsyncIterable<MemberChange>) {
  for await (const change of changes) yield presentChange(change);
}
