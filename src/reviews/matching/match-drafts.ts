import { fittingText } from '../../platform/database/fitting-text.js';
import { hasLeft } from '../people-list/listed-person.js';
import type { KnownAccount } from './accounts.js';
import type { ChoosingPerson } from './choosing-people.js';
import type { Match } from './match.entity.js';
import { type CategorizedMatch, categorized } from './match-category.js';
import { matchPeople } from './match-people.js';

export type MatchDraft = Omit<Match, 'id' | 'teamId'>;

/** In characters: the length of the column. */
const MAX_SORT_KEY = 254;

/** How many drafts are made in one step. */
const STEP = 5_000;

/** Compares a list with GitHub. @param now decides who has left the company @yields where others may work */
export function* matchDrafts(
  people: ChoosingPerson[],
  accounts: KnownAccount[],
  now: Date,
): Generator<void, MatchDraft[]> {
  const wanted = people.map((person) => ({ ...person, id: person.personId }));
  const matching = yield* matchPeople(wanted, accounts);
  const listed = wanted.map((person) => ({ id: person.id, hasLeft: hasLeft(person, now) }));
  const byId = new Map(people.map((person) => [person.personId, person]));
  const byKey = new Map(accounts.map((account) => [account.key, account]));
  const drafts: MatchDraft[] = [];
  for (const match of categorized(listed, matching)) {
    const person = byId.get(match.personId ?? 0);
    drafts.push(draftOf(match, person, (key) => byKey.get(key)));
    if (drafts.length % STEP === 0) yield;
  }
  return drafts;
}

function draftOf(
  { category, matchedBy, personId, account, candidates }: CategorizedMatch,
  person: ChoosingPerson | undefined,
  accountOf: (key: string) => KnownAccount | undefined,
): MatchDraft {
  const found = account === null ? undefined : accountOf(account);
  const several = candidates.flatMap((key) => accountOf(key) ?? []);
  const words = [person?.email, person?.name, person?.githubLogin];
  const logins = [found, ...several].map((one) => one?.login);
  return {
    ...{ category, matchedBy, personId },
    memberId: found?.memberId ?? null,
    githubId: found?.githubId ?? null,
    candidates: several.length > 0 ? several.map(({ memberId }) => memberId) : null,
    sortKey: (person?.email ?? found?.login.toLowerCase() ?? '').slice(0, MAX_SORT_KEY),
    searchKey: searchKey([...words, ...logins]),
  };
}

const searchKey = (words: (string | null | undefined)[]): string =>
  fittingText(words.filter(Boolean).join(' ').toLowerCase(), 2_000);
