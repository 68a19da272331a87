import type { ObservedMember } from './diff.js';

/** Characters (code points) that the columns take. SQLite does not hold values to it, and MySQL cuts spaces off. */
const MAX_NAME_LENGTH = 255;
const MAX_TEXT_LENGTH = 1_024;

/** Whether something of a person is longer than the directory takes, so that both databases refuse the same people. */
export const isTooLong = ({ nodeId, login, name, email, avatarUrl }: ObservedMember): boolean =>
  isLonger(nodeId, MAX_NAME_LENGTH) ||
  isLonger(login, MAX_NAME_LENGTH) ||
  isLonger(name, MAX_TEXT_LENGTH) ||
  isLonger(email, MAX_TEXT_LENGTH) ||
  isLonger(avatarUrl, MAX_TEXT_LENGTH);

/** A character has one or two units, so few texts must be counted. */
const isLonger = (text: string | undefined, most: number): boolean =>
  text !== undefined && text.length > most && (text.length > 2 * most || [...text].length > most);
