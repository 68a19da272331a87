import type { Member } from '../member.entity.js';

/** What a name is sorted and searched by. */
export type NameKeys = Pick<Member, 'nameKey' | 'nameKey2' | 'nameKey3' | 'nameKeyMore'>;

const WORD = /[\p{L}\p{M}\p{N}]+/gu;

/** Where a long name has a space instead, so that it can be looked through. */
const BETWEEN_WORDS = /[^\p{L}\p{M}\p{N}]+/gu;

/** Characters that are kept of a key: as many as an index takes. */
const MAX_KEY_LENGTH = 255;

/**
 * Text as keys have it: in lower case, and without control characters. MariaDB compares as if the shorter text had spaces
 * behind it, so whatever sorts before a space would come before the word that it follows.
 */
export const asKey = (text: string): string =>
  text
    .toLowerCase()
    .replaceAll('\0', '')
    .replace(/\p{Cc}/gu, ' ');

/** Keys have no NUL, so a search with one would find more than it names; nobody's name has one on GitHub. */
export const canBeFound = (search: string): boolean => !search.includes('\0');

/** The words alone, from the first on, as those behind the third are kept; '' when there is none. */
export const wordsOf = (key: string): string => key.replace(BETWEEN_WORDS, ' ').trimStart();

/** In lower case; the login where there is no name. From each word on there is a key, so that each can be searched by. */
export function nameKeys(name: string, login: string): NameKeys {
  const key = asKey(name || login);
  const words = name ? [...key.matchAll(WORD)].filter(({ index }) => index > 0) : [];
  const from = (n: number) => (words[n] ? cut(key.slice(words[n].index)) : null);
  return {
    nameKey: cut(key),
    nameKey2: from(0),
    nameKey3: from(1),
    nameKeyMore: words[2] ? cut(wordsOf(key.slice(words[2].index))) : null,
  };
}

/** Whether the login, or any word of the name, begins with the text, which is as keys are. */
export function beginsWith(member: NameKeys & Pick<Member, 'loginKey'>, text: string): boolean {
  const { loginKey, nameKey, nameKey2, nameKey3, nameKeyMore } = member;
  if ([loginKey, nameKey, nameKey2, nameKey3].some((key) => key?.startsWith(text))) return true;
  const words = wordsOf(text);
  return words !== '' && ` ${nameKeyMore ?? ''}`.includes(` ${words}`);
}

/** Without spaces at the end, which are nothing to MySQL and something to SQLite. */
const cut = (key: string): string =>
  (key.length <= MAX_KEY_LENGTH ? key : [...key].slice(0, MAX_KEY_LENGTH).join('')).replace(
    / +$/,
    '',
  );
