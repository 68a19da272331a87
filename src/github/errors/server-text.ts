/** Characters of a server's text that are read. GitHub's messages have up to about 350. */
const MAX_TEXT_LENGTH = 2_000;

/**
 * The beginning of a server's text, to search with patterns: an answer may be large, and some patterns take time that
 * grows with the square of its length. '' if it is no text.
 */
export const serverText = (value: unknown): string =>
  typeof value === 'string' ? value.slice(0, MAX_TEXT_LENGTH).toWellFormed() : '';
