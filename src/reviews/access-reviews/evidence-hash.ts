import { createHash } from 'node:crypto';

/** The same text for equal values, however the keys of their objects are ordered. */
const canonicalJson = (value: unknown): string => JSON.stringify(value, sortedKeys);

const sortedKeys = (_: string, value: unknown): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)))
    : value;

type Parts = Iterable<unknown> | AsyncIterable<unknown>;

/** What the hash of evidence covers. */
export interface HashedEvidence {
  review: unknown;
  items: Parts;
  auditEntries: Parts;
}

/**
 * SHA-256 in hex over lines of canonical JSON, each with a line break at its end: `{"review":…}`, `{"item":…}` for each
 * row, `{"auditEntry":…}` for each audit entry, in this order.
 */
export async function evidenceHash({
  review,
  items,
  auditEntries,
}: HashedEvidence): Promise<string> {
  const hash = createHash('sha256');
  const add = (value: unknown) => hash.update(`${canonicalJson(value)}\n`);
  add({ review });
  for await (const item of items) add({ item });
  for await (const auditEntry of auditEntries) add({ auditEntry });
  return hash.digest('hex');
}
