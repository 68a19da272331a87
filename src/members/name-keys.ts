import type { Member } from './member.entity.js';

/** What a name is sorted and searched by. */
export type NameKeys = Pick<Member, 'nameKey' | 'nameKey2' | 'nameKey3' | 'nameKeyMore'>;

const WORD = /[\p{L}\p{M}\p{N}]+/gu;

/** Where a long name has a space instead, so that it can be looked through. */
const BETWEEN_WORDS = /[^\p{L}\p{M}\p{N}'’]+/gu;

/** Characters that are kept of a key: as many as an index takes. */
const LENGTH = 255;

/** In lower case; the login where there is no name. From each word on there is a key, so that each can be searched by. */
export function nameKeys(name: string, login: string): NameKeys {
  const key = (name || login).toLowerCase().replaceAll('\0', '');
  const words = name ? [...key.matchAll(WORD)].filter(({ index }) => index > 0) : [];
  const from = (n: number) => (words[n] ? cut(key.slice(words[n].index)) : null);
  return {
    nameKey: cut(key),
    nameKey2: from(0),
    nameKey3: from(1),
    nameKeyMore: words[2] ? cut(key.slice(words[2].index).replace(BETWEEN_WORDS, ' ')) : null,
  };
}

/** Whether the login, or any word of the name, begins with the text, which is in lower case. */
export function beginsWith(member: NameKeys & Pick<Member, 'loginKey'>, text: string): boolean {
  const { loginKey, nameKey, nameKey2, nameKey3, nameKeyMore } = member;
  const keys = [loginKey, nameKey, nameKey2, nameKey3, nameKeyMore];
  return keys.some((key) => key?.startsWith(text)) || Boolean(nameKeyMore?.includes(` ${text}`));
}

const cut = (key: string): string =>
  key.length <= LENGTH ? key : [...key].slice(0, LENGTH).join('');
