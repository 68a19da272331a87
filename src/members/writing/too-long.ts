import type { Observed } from './diff.js';

/** Characters (code points) that the columns take. SQLite does not hold values to it, and MySQL cuts spaces off. */
const NAME = 255;
const TEXT = 1_024;

/** Whether something of a person is longer than the directory takes, so that both databases refuse the same people. */
export const isTooLong = ({ nodeId, login, name, email, avatarUrl }: Observed): boolean =>
  isLonger(nodeId, NAME) ||
  isLonger(login, NAME) ||
  isLonger(name, TEXT) ||
  isLonger(email, TEXT) ||
  isLonger(avatarUrl, TEXT);

/** A character has one or two units, so few texts must be counted. */
const isLonger = (text: string | undefined, most: number): boolean =>
  text !== undefined && text.length > most && (text.length > 2 * most || [...text].length > most);
