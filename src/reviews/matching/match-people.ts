/** How somebody of the list was found on GitHub; the strongest sign first. Texts are compared in lower case. */
export const MATCHED_BY = [
  'hand',
  'login',
  'saml_name_id',
  'scim_user_name',
  'verified_email',
  'public_email',
] as const;

export type MatchedBy = (typeof MATCHED_BY)[number];

/** Somebody of the list, as far as matching knows them. */
export interface Wanted {
  id: number;
  email: string;
  githubLogin: string | null;
  /** The key of the account that a person chose. */
  chosen: string | null;
}

/** Somebody on GitHub, once for all organizations that have them. All texts but the key are in lower case. */
export interface Account {
  key: string;
  logins: string[];
  samlNameIds: string[];
  scimUserNames: string[];
  verifiedEmails: string[];
  publicEmails: string[];
}

/** Accounts that a sign finds for somebody. */
export interface Found {
  by: MatchedBy;
  keys: string[];
}

export interface Matching {
  /** By the person's id: the one account. */
  matched: Map<number, Found>;
  /** By the person's id: accounts among which a person must choose. It may be a single one that somebody else may have too. */
  ambiguous: Map<number, Found>;
  /** The keys of the accounts that are no one's, and that nobody may have. */
  unlisted: string[];
}

/** What a person of the list and an account may have in common. */
interface Sign {
  ofPerson: (person: Wanted) => string | null | undefined;
  ofAccount: Partial<Record<MatchedBy, (account: Account) => string[]>>;
}

const SIGNS: Sign[] = [
  { ofPerson: ({ chosen }) => chosen, ofAccount: { hand: ({ key }) => [key] } },
  {
    ofPerson: ({ githubLogin }) => githubLogin?.toLowerCase(),
    ofAccount: { login: ({ logins }) => logins },
  },
  {
    ofPerson: ({ email }) => email,
    ofAccount: {
      saml_name_id: ({ samlNameIds }) => samlNameIds,
      scim_user_name: ({ scimUserNames }) => scimUserNames,
    },
  },
  {
    ofPerson: ({ email }) => email,
    ofAccount: { verified_email: ({ verifiedEmails }) => verifiedEmails },
  },
  {
    ofPerson: ({ email }) => email,
    ofAccount: { public_email: ({ publicEmails }) => publicEmails },
  },
];

/**
 * Finds the people of a list on GitHub. One sign after the other is looked at, the strongest first, for those who are not
 * found yet. Somebody is matched where the sign finds one account, and nobody else the same. Otherwise they are ambiguous,
 * and their accounts are matched with nobody by weaker signs. The order of both lists does not matter.
 * @yields where others may work
 */
export function* matchPeople(people: Wanted[], accounts: Account[]): Generator<void, Matching> {
  const matching: Matching = { matched: new Map(), ambiguous: new Map(), unlisted: [] };
  const taken = new Set<string>();
  const asked = new Set<string>();
  let open = people;
  for (const sign of SIGNS) {
    const index = indexOf(sign, accounts, taken);
    yield;
    const found = findBySign(sign, open, index);
    yield;
    const claims = countClaims(found);
    for (const [id, { by, keys }] of found) {
      const [key = '', ...more] = keys;
      const isClear = more.length === 0 && claims.get(key) === 1 && !asked.has(key);
      matching[isClear ? 'matched' : 'ambiguous'].set(id, { by, keys });
    }
    for (const [id, { keys }] of found)
      for (const key of keys) (matching.matched.has(id) ? taken : asked).add(key);
    open = open.filter(({ id }) => !found.has(id));
    yield;
  }
  matching.unlisted = accounts
    .map(({ key }) => key)
    .filter((key) => !taken.has(key) && !asked.has(key));
  return matching;
}

type Index = Map<string, { key: string; by: MatchedBy }[]>;

/** The accounts by what a person would have in common with them. */
function indexOf({ ofAccount }: Sign, accounts: Account[], taken: Set<string>): Index {
  const index: Index = new Map();
  const ways = Object.entries(ofAccount) as [MatchedBy, (account: Account) => string[]][];
  for (const account of accounts) {
    if (taken.has(account.key)) continue;
    for (const [by, textsOf] of ways)
      for (const text of textsOf(account)) {
        const known = index.get(text);
        const one = { key: account.key, by };
        if (!known) index.set(text, [one]);
        else if (!known.some(({ key }) => key === account.key)) known.push(one);
      }
  }
  return index;
}

function findBySign({ ofPerson }: Sign, open: Wanted[], index: Index): Map<number, Found> {
  const found = new Map<number, Found>();
  for (const person of open) {
    const some = index.get(ofPerson(person) ?? '');
    if (!some) continue;
    const by = MATCHED_BY.find((way) => some.some((one) => one.by === way)) ?? 'hand';
    found.set(person.id, { by, keys: some.map(({ key }) => key).sort() });
  }
  return found;
}

function countClaims(found: Map<number, Found>): Map<string, number> {
  const claims = new Map<string, number>();
  for (const { keys } of found.values())
    for (const key of keys) claims.set(key, (claims.get(key) ?? 0) + 1);
  return claims;
}
