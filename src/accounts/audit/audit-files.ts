import { csvLine, jsonCell } from '../../platform/csv.js';
import type { PresentedEntry } from './audit-log.js';

export const AUDIT_COLUMNS = [
  'id',
  'at',
  'actorKind',
  'actor',
  'action',
  'subject',
  'address',
  'before',
  'after',
  'hash',
] as const;

type Entries = AsyncIterable<PresentedEntry>;

export async function* auditCsv(entries: Entries): AsyncGenerator<string> {
  yield csvLine(AUDIT_COLUMNS);
  for await (const { id, at, actor, action, subject, address, before, after, hash } of entries)
    yield csvLine([
      ...[id, at.toISOString(), actor.kind, actor.name, action, subject, address],
      ...[jsonCell(before), jsonCell(after), hash],
    ]);
}

/** One JSON object a line. */
export async function* auditNdjson(entries: Entries): AsyncGenerator<string> {
  for await (const entry of entries) yield `${JSON.stringify(entry)}\n`;
}
