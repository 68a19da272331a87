import { type EntityManager, In } from 'typeorm';
import { insertRows } from '../../platform/database/insert-rows.js';
import { plainRows } from '../../platform/database/plain-rows.js';
import { inParts } from '../../platform/in-parts.js';
import { inTurns } from '../../platform/in-turns.js';
import { type MatchPosition, selectMatches } from './find-matches.js';
import { Match } from './match.entity.js';
import type { MatchDraft } from './match-drafts.js';

/** SQLite takes 32,766 values in a statement. */
const ROWS_A_STATEMENT = 2_000;

const ROWS_A_READ = 5_000;

const COLUMNS = [
  ...(['category', 'matchedBy', 'personId', 'memberId', 'githubId'] as const),
  ...(['candidates', 'sortKey', 'searchKey'] as const),
] satisfies (keyof MatchDraft)[];

/** What is to be written, so that the stored matches are the given ones. */
export interface MatchWrites {
  ended: number[];
  made: MatchDraft[];
}

/** Compares with the stored matches of a team: mostly few are different. */
export async function differentMatches(
  manager: EntityManager,
  teamId: number,
  drafts: MatchDraft[],
): Promise<MatchWrites> {
  const ids = new Map<string, number>();
  for await (const stored of storedMatches(manager, teamId))
    for (const match of stored) ids.set(textOf(match), match.id);
  const made = await inTurns(newDrafts(drafts, ids));
  return { ended: [...ids.values()], made };
}

async function* storedMatches(manager: EntityManager, teamId: number) {
  for (let after: MatchPosition | undefined; ; ) {
    const select = selectMatches(manager, { teamId }, after)
      .select(['found.id', ...COLUMNS.map((property) => `found.${property}`)])
      .limit(ROWS_A_READ);
    const some = await plainRows(select, ['id', ...COLUMNS]);
    const last = some.at(-1);
    if (!last) return;
    yield some;
    after = { sortKey: last.sortKey, id: last.id };
  }
}

/** Those without a stored one. @param ids of the stored ones; afterwards those that no draft has */
function* newDrafts(drafts: MatchDraft[], ids: Map<string, number>): Generator<void, MatchDraft[]> {
  const made: MatchDraft[] = [];
  for (const [i, draft] of drafts.entries()) {
    if (!ids.delete(textOf(draft))) made.push(draft);
    if (i % ROWS_A_READ === 0) yield;
  }
  return made;
}

const textOf = (match: MatchDraft): string =>
  JSON.stringify(COLUMNS.map((property) => match[property]));

/** In the caller's transaction. */
export async function writeMatches(
  manager: EntityManager,
  teamId: number,
  { ended, made }: MatchWrites,
): Promise<void> {
  for (const ids of inParts(ended, ROWS_A_STATEMENT)) await manager.delete(Match, { id: In(ids) });
  for (const some of inParts(made, ROWS_A_STATEMENT))
    await insertRows(
      manager,
      Match,
      some.map((draft) => ({ ...draft, teamId })),
      undefined,
      ['teamId'],
    );
}
