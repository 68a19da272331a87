import { type EntityManager, In } from 'typeorm';
import { insertRows } from '../../platform/database/insert-rows.js';
import { plainRows } from '../../platform/database/plain-rows.js';
import { inParts } from '../../platform/in-parts.js';
import { Match } from './match.entity.js';
import type { MatchDraft } from './match-drafts.js';

/** SQLite takes 32,766 values in a statement. */
const ROWS_A_STATEMENT = 2_000;

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
  const stored = await plainRows(
    manager
      .createQueryBuilder(Match, 'stored')
      .select(['stored.id', ...COLUMNS.map((property) => `stored.${property}`)])
      .where({ teamId }),
    ['id', ...COLUMNS],
  );
  const ids = new Map(stored.map((match) => [textOf(match), match.id]));
  const made = drafts.filter((draft) => !ids.delete(textOf(draft)));
  const kept = new Set(ids.values());
  return { ended: stored.flatMap(({ id }) => (kept.has(id) ? id : [])), made };
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
