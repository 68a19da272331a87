import type { EntityManager } from 'typeorm';
import { chunks } from '../../members/writing/bulk.js';
import { asText } from '../../platform/database/insert-rows.js';
import { WAITING } from './hint.entity.js';
import { type HintSubject, subjectOf } from './hint-subject.js';

/** What an integration looks at again. */
export type NewHint = { integrationId: number } & HintSubject;

/** Somebody whom a person named. */
export type NamedPerson = { githubId: number } | { login: string };

/** Stores hints, which wait for a run, in the caller's transaction. The newest hint about the same replaces older ones. */
export async function recordHints(manager: EntityManager, hints: NewHint[]): Promise<void> {
  const hintedAt = asText(new Date());
  const rows = new Map(hints.map((hint) => [`${hint.integrationId} ${subjectOf(hint)}`, hint]));
  // In one order everywhere, so that two transactions do not wait for each other.
  const sorted = [...rows].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, hint]) => hint);
  for (const some of chunks(sorted)) {
    const places = some.map(() => '(?, ?, ?, ?, ?)').join(', ');
    const values = some.flatMap((hint) => [
      hint.integrationId,
      WAITING,
      subjectOf(hint),
      'nodeId' in hint ? (hint.nodeId ?? null) : null,
      hintedAt,
    ]);
    await manager.query(
      `REPLACE INTO hints (integration_id, run_id, subject, node_id, hinted_at) VALUES ${places}`,
      values,
    );
  }
}
