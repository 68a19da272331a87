import { z } from 'zod';
import type { MemberSort, PagePosition } from '../../members/listing/member-query.js';
import { readCursor, writeCursor } from './cursor.js';

export interface Page<T> {
  items: T[];
  /** Null on the last page. */
  nextCursor: string | null;
}

const idPosition = z.tuple([z.int().positive()]);
const memberPosition = (sort: MemberSort) =>
  z.tuple([
    sort.endsWith('since') ? z.iso.datetime() : z.string(),
    z.int().positive(),
    z.literal(sort),
  ]);

/** The id after which the page begins, in a list sorted by id. @throws PublicError `cursor_invalid` */
export const idOf = (cursor: string | undefined): number | undefined =>
  readCursor(idPosition, cursor)?.[0];

/** For a list sorted by id; if a next page follows, `found` has one row more than `limit`. */
export function pageById<T extends { id: number }, P>(
  found: T[],
  limit: number,
  present: (row: T) => P,
): Page<P> {
  const rows = found.slice(0, limit);
  const last = found.length > limit ? rows.at(-1) : undefined;
  return { items: rows.map(present), nextCursor: last ? writeCursor([last.id]) : null };
}

/** The place after which the page begins, in the same order. @throws PublicError `cursor_invalid` */
export function placeAt(cursor: string | undefined, sort: MemberSort): PagePosition | undefined {
  const [key, id] = readCursor(memberPosition(sort), cursor) ?? [];
  return key === undefined || id === undefined ? undefined : { key, id };
}

export const cursorAt = ({ key, id }: PagePosition, sort: MemberSort): string =>
  writeCursor([key, id, sort]);
