import { invalidAnswer } from '../errors/invalid-answer.js';

/** How a GraphQL connection tells its next page. */
export interface PageInfo {
  hasNextPage: boolean;
  endCursor: string | null;
}

/**
 * Where the next page begins; undefined on the last.
 * @param asked the cursor of this page: a list that leads back would never end
 */
export function cursorAfter(
  { hasNextPage, endCursor }: PageInfo,
  asked?: string,
): string | undefined {
  if (!hasNextPage) return undefined;
  if (!endCursor || endCursor === asked)
    throw invalidAnswer("GitHub's list does not lead to its next page.");
  return endCursor;
}
