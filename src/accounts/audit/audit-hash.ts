import { sha256Hex } from '../../platform/secrets/secrets.js';
import type { AuditEntry } from './audit-entry.entity.js';

/** The values that a hash covers. */
export type HashedEntry = Pick<
  AuditEntry,
  'at' | 'actorKind' | 'actorName' | 'action' | 'subject' | 'address' | 'before' | 'after'
>;

/** The hash before the first entry of a chain. */
export const FIRST_HASH = '0'.repeat(64);

/** SHA-256 in hex of the hash before, a line break, and the entry as JSON in the order that docs/api.md tells. */
export function auditHash(hashBefore: string, entry: HashedEntry): string {
  const { at, actorKind: kind, actorName: name, action, subject, address, before, after } = entry;
  const text = { at, actor: { kind, name }, action, subject, address, before, after };
  return sha256Hex(`${hashBefore}\n${JSON.stringify(text)}`);
}
