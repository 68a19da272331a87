import type { Member } from '../member.entity.js';

/** The keys for sort and search by name. */
export type NameKeys = Pick<Member, 'nameKey' | 'nameKey2' | 'nameKey3' | 'nameKeyMore'>;

const WORD = /[\p{L}\p{M}\p{N}]+/gu;

/** Replaced by one space in the words after the third, so that LIKE can search them. */
const BETWEEN_WORDS = /[^\p{L}\p{M}\p{N}]+/gu;

/** The most characters of a key, which is the limit of an index. */
const MAX_KEY_LENGTH = 255;

/** Letters that Unicode does not split into a letter and an accent. */
const PLAIN: Record<string, string> = {
  ...{ ß: 'ss', æ: 'ae', œ: 'oe', þ: 'th' },
  ...{ ø: 'o', đ: 'd', ð: 'd', ł: 'l', ħ: 'h', ı: 'i' },
};
const WITHOUT_PLAIN = new RegExp(`[${Object.keys(PLAIN).join('')}]`, 'g');

/** Only in these scripts people leave out accents. In others, a mark makes another letter. */
const ACCENTS = /(?<=[\p{Script=Latin}\p{Script=Greek}])\p{Mn}+/gu;

const ASCII = /^[\0-\x7f]*$/;

/** @param text in lower case */
const withoutAccents = (text: string): string =>
  ASCII.test(text)
    ? text
    : text
        .normalize('NFD')
        .replace(ACCENTS, '')
        .replace(WITHOUT_PLAIN, (letter) => PLAIN[letter] ?? letter)
        .normalize('NFC');

/**
 * Text in the form of keys: lower case, without accents and control characters. MariaDB compares as if the shorter text
 * ended with spaces, so a character that sorts before a space would break the order.
 */
export const asKey = (text: string): string =>
  withoutAccents(text.toLowerCase())
    .replaceAll('\0', '')
    .replace(/\p{Cc}/gu, ' ');

/** Keys have no NUL, so a search with NUL would match too much. No name on GitHub has one. */
export const canBeFound = (search: string): boolean => !search.includes('\0');

/** The words with one space between them, like `nameKeyMore`; '' when there is none. */
export const wordsOf = (key: string): string => key.replace(BETWEEN_WORDS, ' ').trimStart();

/** Blanks, also invisible ones, which would sort a name before all others. */
const LEADING_BLANKS = /^[\p{Z}\p{Cf}]+/u;

/** Keys, of the login where there is no name. Each word can be searched for. */
export function nameKeys(name: string, login: string): NameKeys {
  const own = asKey(name).replace(LEADING_BLANKS, '');
  const key = own || asKey(login);
  const words = own ? [...key.matchAll(WORD)].filter(({ index }) => index > 0) : [];
  const from = (n: number) => (words[n] ? cut(key.slice(words[n].index)) : null);
  return {
    nameKey: cut(key),
    nameKey2: from(0),
    nameKey3: from(1),
    nameKeyMore: words[2] ? cut(wordsOf(key.slice(words[2].index))) : null,
  };
}

/** Whether the login, or any word of the name, begins with the text, which has the form of keys. */
export function beginsWith(member: NameKeys & Pick<Member, 'loginKey'>, text: string): boolean {
  const { loginKey, nameKey, nameKey2, nameKey3, nameKeyMore } = member;
  if ([loginKey, nameKey, nameKey2, nameKey3].some((key) => key?.startsWith(text))) return true;
  const words = wordsOf(text);
  return words !== '' && ` ${nameKeyMore ?? ''}`.includes(` ${words}`);
}

/** Without spaces at the end, which MySQL ignores and SQLite compares. */
const cut = (key: string): string =>
  (key.length <= MAX_KEY_LENGTH ? key : [...key].slice(0, MAX_KEY_LENGTH).join('')).replace(
    / +$/,
    '',
  );
