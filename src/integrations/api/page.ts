import { z } from 'zod';
import type { Member } from '../../members/member.entity.js';
import { readCursor, writeCursor } from './cursor.js';

export interface Page<T> {
  items: T[];
  /** Null on the last page. */
  nextCursor: string | null;
}

const idPosition = z.tuple([z.int().positive()]);
const memberPosition = z.tuple([z.string(), z.int().positive()]);

/** The id behind which the page begins, in a list that is sorted by id. @throws PublicError `cursor_invalid` */
export const idOf = (cursor: string | undefined): number | undefined =>
  readCursor(idPosition, cursor)?.[0];

/** Of a list that is sorted by id; where a next page follows, `found` holds one row more than `limit`. */
export function pageById<T extends { id: number }, P>(
  found: T[],
  limit: number,
  present: (row: T) => P,
): Page<P> {
  const rows = found.slice(0, limit);
  const last = found.length > limit ? rows.at(-1) : undefined;
  return { items: rows.map(present), nextCursor: last ? writeCursor([last.id]) : null };
}

/** The member behind whom the page begins. @throws PublicError `cursor_invalid` */
export function memberOf(cursor: string | undefined): Pick<Member, 'loginKey' | 'id'> | undefined {
  const [loginKey, id] = readCursor(memberPosition, cursor) ?? [];
  return loginKey === undefined || id === undefined ? undefined : { loginKey, id };
}

export const cursorAfter = ({ loginKey, id }: Pick<Member, 'loginKey' | 'id'>): string =>
  writeCursor([loginKey, id]);
