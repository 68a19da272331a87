import type { Member } from '../member.entity.js';
import { asKey, beginsWith, type NameKeys, wordsOf } from '../writing/name-keys.js';

/**
 * One part of a search. Somebody is found if each part is the beginning of their login, of a word of their name, or of
 * their corporate identity.
 */
export interface SearchTerm {
  /** In the form of keys. */
  text: string;
  /** In lower case. */
  typed: string;
  /** In lower case, for a part with an `@` inside: it may also be the beginning of one of their email addresses. */
  email: string | undefined;
}

const HAS_LETTER = /[\p{L}\p{N}]/u;

/** The parts of a search, the longest first: it finds the fewest people. An `@` before a login is left out. */
export function termsOf(search = ''): SearchTerm[] {
  const parts = [...new Set(search.toLowerCase().split(/\s+/u))].filter((part) => part !== '');
  const worded = parts.filter((part) => HAS_LETTER.test(part));
  return (worded.length > 0 ? worded : parts)
    .map((part) => ({ part, typed: part.replace(/^@(?=.)/u, '') }))
    .map(({ part, typed }) => ({
      ...{ text: asKey(typed), typed },
      email: /.@/u.test(part) ? part : undefined,
    }))
    .sort((a, b) => b.text.length - a.text.length);
}

/** One way to find somebody by a term: the condition, and the index that it is read by. */
export interface Way {
  where: string;
  index: string;
}

/** @param name of the two values that the column is compared with */
const begins = (column: string, at: number, name: string) =>
  `(m.${column} >= :${name}Begins${at} AND m.${column} < :${name}Ends${at})`;

/**
 * The ways to find somebody by the term at this place. The login and the first three words of a name have an index each;
 * the later words are searched with LIKE.
 */
export const waysOf = ({ email }: SearchTerm, at: number): Way[] => [
  { where: begins('login_key', at, 'key'), index: 'members_directory' },
  { where: begins('name_key', at, 'key'), index: 'members_by_name' },
  { where: begins('name_key_2', at, 'key'), index: 'members_by_name_2' },
  { where: begins('name_key_3', at, 'key'), index: 'members_by_name_3' },
  {
    where: `(m.name_key_more > '' AND (m.name_key_more LIKE :beginsMore${at} OR m.name_key_more LIKE :withinMore${at}))`,
    index: 'members_by_more_words',
  },
  { where: begins('saml_key', at, 'typed'), index: 'members_by_saml' },
  { where: begins('scim_key', at, 'typed'), index: 'members_by_scim' },
  ...(email === undefined ? [] : addressWays(at)),
];

/** The public address, and those in verified domains, of which the first two have an index. */
const addressWays = (at: number): Way[] => [
  { where: begins('email_key', at, 'email'), index: 'members_by_email' },
  { where: begins('work_email_key', at, 'email'), index: 'members_by_work_email' },
  { where: begins('work_email_key_2', at, 'email'), index: 'members_by_work_email_2' },
  {
    where: `(m.has_more_work_emails = 1 AND INSTR(LOWER(m.verified_emails), :withinEmails${at}) > 0)`,
    index: 'members_by_more_work_emails',
  },
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

function parametersOf({ text, typed, email }: SearchTerm, at: number): Record<string, string> {
  // The words contain no wildcard of LIKE.
  const words = wordsOf(text).trimEnd();
  return {
    ...range('key', text, at),
    ...range('typed', typed, at),
    [`beginsMore${at}`]: words && `${words}%`,
    [`withinMore${at}`]: words && `% ${words}%`,
    // In JSON, each address stands after a quotation mark.
    ...(email !== undefined && {
      ...range('email', email, at),
      [`withinEmails${at}`]: JSON.stringify(email).slice(0, -1),
    }),
  };
}

const range = (name: string, text: string, at: number) => ({
  [`${name}Begins${at}`]: text,
  [`${name}Ends${at}`]: beyond(text),
});

/** With the highest code point: after all texts that begin so. */
const beyond = (text: string): string => `${text}\u{10ffff}`;

type Searched = NameKeys & { loginKey: string; email: string } & Partial<
    Pick<Member, 'samlNameId' | 'scimUserName' | 'verifiedEmails'>
  >;

/** The same for people in memory. */
export const isFound = (member: Searched, terms: SearchTerm[]): boolean =>
  terms.every(
    ({ text, typed, email }) =>
      beginsWith(member, text) ||
      isAny([member.samlNameId, member.scimUserName], typed) ||
      (email !== undefined && isAny([member.email, ...(member.verifiedEmails ?? [])], email)),
  );

const isAny = (values: (string | null | undefined)[], beginning: string): boolean =>
  values.some((value) => value?.toLowerCase().startsWith(beginning));
