import { csvLine, jsonCell } from '../../platform/csv.js';
import { jsonArray } from '../../platform/json.js';
import { type MemberChange, NOBODY } from './member-change.entity.js';

/** A change, as it is shown everywhere. Times are ISO 8601, UTC, with milliseconds. */
export interface PresentedChange
  extends Pick<
    MemberChange,
    'id' | 'login' | 'kind' | 'before' | 'after' | 'madeBy' | 'githubTeamId' | 'invitationId'
  > {
  /** Null for a change that concerns no person. */
  githubId: number | null;
  madeAt: string;
}

export const presentChange = (change: MemberChange): PresentedChange => ({
  id: change.id,
  githubId: change.githubId === NOBODY ? null : change.githubId,
  login: change.login,
  kind: change.kind,
  before: change.before,
  after: change.after,
  madeBy: change.madeBy,
  madeAt: change.madeAt.toISOString(),
  githubTeamId: change.githubTeamId,
  invitationId: change.invitationId,
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
  'githubTeamId',
  'invitationId',
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
