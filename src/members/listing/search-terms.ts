import { asKey, beginsWith, type NameKeys, wordsOf } from '../writing/name-keys.js';

/** One part of a search. Somebody is found if each part is the beginning of their login or of a word of their name. */
export interface SearchTerm {
  /** In the form of keys. */
  text: string;
  /** In lower case, for a part with an `@` inside: it may also be the beginning of their email address. */
  email: string | undefined;
}

const HAS_LETTER = /[\p{L}\p{N}]/u;

/** The parts of a search, the longest first: it finds the fewest people. An `@` before a login is left out. */
export function termsOf(search = ''): SearchTerm[] {
  const parts = [...new Set(search.toLowerCase().split(/\s+/u))].filter((part) => part !== '');
  const worded = parts.filter((part) => HAS_LETTER.test(part));
  return (worded.length > 0 ? worded : parts)
    .map((part) => ({
      text: asKey(part.replace(/^@(?=.)/u, '')),
      email: /.@/u.test(part) ? part : undefined,
    }))
    .sort((a, b) => b.text.length - a.text.length);
}

/** One way to find somebody by a term: the condition, and the index that it is read by. */
export interface Way {
  where: string;
  index: string;
}

const begins = (column: string, at: number) =>
  `(m.${column} >= :begins${at} AND m.${column} < :ends${at})`;

/**
 * The ways to find somebody by the term at this place. The login and the first three words of a name have an index each;
 * the later words are searched with LIKE.
 */
export const waysOf = ({ email }: SearchTerm, at: number): Way[] => [
  { where: begins('login_key', at), index: 'members_directory' },
  { where: begins('name_key', at), index: 'members_by_name' },
  { where: begins('name_key_2', at), index: 'members_by_name_2' },
  { where: begins('name_key_3', at), index: 'members_by_name_3' },
  {
    where: `(m.name_key_more > '' AND (m.name_key_more LIKE :beginsMore${at} OR m.name_key_more LIKE :withinMore${at}))`,
    index: 'members_by_more_words',
  },
  ...(email === undefined
    ? []
    : [
        {
          where: `(m.email_key >= :emailBegins${at} AND m.email_key < :emailEnds${at})`,
          index: 'members_by_email',
        },
      ]),
];

/** The conditions of the terms after the first, which is searched by index. */
export const otherTerms = (terms: SearchTerm[]): string[] =>
  terms.slice(1).map(
    (term, i) =>
      `(${waysOf(term, i + 1)
        .map(({ where }) => where)
        .join(' OR ')})`,
  );

export const termParameters = (terms: SearchTerm[]): Record<string, string> =>
  Object.assign({}, ...terms.map(parametersOf));

function parametersOf({ text, email }: SearchTerm, at: number): Record<string, string> {
  // The words contain no wildcard of LIKE.
  const words = wordsOf(text).trimEnd();
  return {
    [`begins${at}`]: text,
    [`ends${at}`]: beyond(text),
    [`beginsMore${at}`]: words && `${words}%`,
    [`withinMore${at}`]: words && `% ${words}%`,
    ...(email !== undefined && { [`emailBegins${at}`]: email, [`emailEnds${at}`]: beyond(email) }),
  };
}

/** With the highest code point: after all texts that begin so. */
const beyond = (text: string): string => `${text}\u{10ffff}`;

type Searched = NameKeys & { loginKey: string; email: string };

/** The same for people in memory. */
export const isFound = (member: Searched, terms: SearchTerm[]): boolean =>
  terms.every(
    ({ text, email }) =>
      beginsWith(member, text) ||
      (email !== undefined && member.email.toLowerCase().startsWith(email)),
  );
