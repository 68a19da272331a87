import { firstNotBelow } from '../first-not-below.js';
import { TypedError } from './errors.js';

const LARGEST_PAGE = 100;

export interface PageArguments {
  readonly first?: number | null;
  readonly after?: string | null;
}

interface Paged<T> {
  /** By ascending id. */
  readonly list: readonly T[];
  readonly idOf: (item: T) => number;
  /** The name of the connection, as errors call it. */
  readonly field: string;
}

/** A page of a connection. Its cursors name an id, so what comes or goes earlier shifts nothing. */
export function pageOf<T>({ list, idOf, field }: Paged<T>, page: PageArguments) {
  const first = pageSize(page.first, `\`${field}\``);
  const start = page.after ? firstNotBelow(list, decodeCursor(page.after) + 1, idOf) : 0;
  const items = list.slice(start, start + first);
  const [head, tail] = [items[0], items.at(-1)];
  return {
    items,
    cursorOf: (item: T) => encodeCursor(idOf(item)),
    totalCount: list.length,
    pageInfo: () => ({
      startCursor: head ? encodeCursor(idOf(head)) : null,
      endCursor: tail ? encodeCursor(idOf(tail)) : null,
      hasPreviousPage: start > 0,
      hasNextPage: start + items.length < list.length,
    }),
  };
}

/** @throws TypedError in GitHub's words where the page is missing, below 1 or over 100 */
function pageSize(first: number | null | undefined, field: string): number {
  if (first === null || first === undefined) {
    const need = `You must provide a \`first\` or \`last\` value to properly paginate the ${field} connection.`;
    throw new TypedError('MISSING_PAGINATION_BOUNDARIES', need);
  }
  if (first < 1) {
    const need = `\`first\` on the ${field} connection cannot be less than one.`;
    throw new TypedError('INVALID_PAGINATION_BOUNDARIES', need);
  }
  if (first > LARGEST_PAGE) {
    const asked = `Requesting ${first} records on the ${field} connection`;
    throw new TypedError(
      'EXCESSIVE_PAGINATION',
      `${asked} exceeds the \`first\` limit of 100 records.`,
    );
  }
  return first;
}

function encodeCursor(id: number): string {
  return Buffer.from(`cursor:v2:${id}`).toString('base64');
}

/** @throws TypedError when it is no cursor of ours */
function decodeCursor(cursor: string): number {
  const id = /^cursor:v2:(\d+)$/.exec(Buffer.from(cursor, 'base64').toString())?.[1];
  if (id !== undefined) return Number(id);
  const message = `\`${cursor}\` does not appear to be a valid cursor.`;
  throw new TypedError('INVALID_CURSOR_ARGUMENTS', message);
}
