import { z } from 'zod';
import { PublicError } from '../../platform/public-error.js';

/** The row after which a page begins, as an opaque string for clients. */
export const writeCursor = (position: readonly unknown[]): string =>
  Buffer.from(JSON.stringify(position)).toString('base64url');

/** Undefined if there is none. @throws PublicError `cursor_invalid` if `shape` does not match */
export function readCursor<T>(shape: z.ZodType<T>, cursor: string | undefined): T | undefined {
  if (cursor === undefined) return undefined;
  try {
    return shape.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString()));
  } catch (cause) {
    throw cursorInvalid(cause);
  }
}

export const cursorInvalid = (cause?: unknown) =>
  new PublicError(
    422,
    'cursor_invalid',
    'The cursor does not belong to this list.',
    'Send `nextCursor` of the previous page unchanged, or leave the cursor out to start again.',
    { cause },
  );
