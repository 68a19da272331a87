import type { Member } from '../member.entity.js';
import type { ObservedMember } from './diff.js';

/** The limits of the columns, in code points. SQLite does not enforce them, and MySQL cuts spaces off. */
const MAX_NAME_LENGTH = 255;
const MAX_TEXT_LENGTH = 1_024;

/** Of a JSON list. A text column holds 65,535 bytes, and a code point has four at most. */
const MAX_LIST_LENGTH = 16_000;

/** Whether a value of a person is longer than its column, so that both databases refuse the same people. */
export const isTooLong = ({ nodeId, login, name, email, avatarUrl }: ObservedMember): boolean =>
  isLonger(nodeId, MAX_NAME_LENGTH) ||
  isLonger(login, MAX_NAME_LENGTH) ||
  isLonger(name, MAX_TEXT_LENGTH) ||
  isLonger(email, MAX_TEXT_LENGTH) ||
  isLonger(avatarUrl, MAX_TEXT_LENGTH);

/** The same of who somebody is at work. */
export const isIdentityTooLong = ({
  samlNameId,
  scimUserName,
  verifiedEmails,
}: Pick<Member, 'samlNameId' | 'scimUserName' | 'verifiedEmails'>): boolean =>
  isLonger(samlNameId ?? undefined, MAX_TEXT_LENGTH) ||
  isLonger(scimUserName ?? undefined, MAX_TEXT_LENGTH) ||
  isLonger(verifiedEmails?.length ? JSON.stringify(verifiedEmails) : undefined, MAX_LIST_LENGTH);

/** A code point has one or two UTF-16 units, so few texts need a full count. */
const isLonger = (text: string | undefined, most: number): boolean =>
  text !== undefined && text.length > most && (text.length > 2 * most || [...text].length > most);
