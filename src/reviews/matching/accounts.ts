import { type DataSource, MoreThan } from 'typeorm';
import type { GithubIntegration } from '../../integrations/connections/github-integration.entity.js';
import { affiliationOf } from '../../members/affiliation.js';
import { Member } from '../../members/member.entity.js';
import { plainRows } from '../../platform/database/plain-rows.js';
import type { Account } from './match-people.js';

/** Somebody on GitHub, with one of the members that they are in the directories. */
export interface KnownAccount extends Account {
  memberId: number;
  githubId: number;
  login: string;
}

const COLUMNS = [
  'id',
  'githubId',
  'login',
  'email',
  'samlNameId',
  'scimUserName',
  'verifiedEmails',
  'status',
  'present',
  'outside',
] as const satisfies (keyof Member)[];

type FoundMember = Pick<Member, (typeof COLUMNS)[number]>;

const MEMBERS_PER_READ = 5_000;

/** The same person of all organizations of one GitHub server. */
export const accountKey = (apiUrl: string, githubId: number): string => `${apiUrl} ${githubId}`;

/** Everybody who is a member or an outside collaborator of these organizations, each once. */
export async function readAccounts(
  dataSource: DataSource,
  integrations: GithubIntegration[],
): Promise<KnownAccount[]> {
  const accounts = new Map<string, KnownAccount>();
  for (const { id, apiUrl } of integrations)
    for await (const members of membersOf(dataSource, id))
      for (const member of members) {
        if (affiliationOf(member) === null) continue;
        const key = accountKey(apiUrl, member.githubId);
        const known = accounts.get(key);
        if (known) addMember(known, member);
        else accounts.set(key, newAccount(key, member));
      }
  return [...accounts.values()];
}

async function* membersOf(
  dataSource: DataSource,
  integrationId: number,
): AsyncGenerator<FoundMember[]> {
  for (let after = 0; ; ) {
    const select = dataSource
      .createQueryBuilder(Member, 'member')
      .select(COLUMNS.map((property) => `member.${property}`))
      .where({ integrationId, githubId: MoreThan(after) })
      .orderBy('member.githubId')
      .limit(MEMBERS_PER_READ);
    const some = await plainRows(select, COLUMNS);
    const last = some.at(-1);
    if (!last) return;
    yield some;
    after = last.githubId;
  }
}

const newAccount = (key: string, member: FoundMember): KnownAccount => ({
  ...{ key, memberId: member.id, githubId: member.githubId, login: member.login },
  ...signsOf(member),
});

/** What other organizations know of the same person. */
function addMember(known: KnownAccount, member: FoundMember): void {
  const more = signsOf(member);
  for (const sign of Object.keys(more) as (keyof typeof more)[])
    known[sign] = [...new Set([...known[sign], ...more[sign]])];
}

const signsOf = ({ login, samlNameId, scimUserName, verifiedEmails, email }: FoundMember) => ({
  logins: keys(login),
  samlNameIds: keys(samlNameId),
  scimUserNames: keys(scimUserName),
  verifiedEmails: keys(...(verifiedEmails ?? [])),
  publicEmails: keys(email),
});

const keys = (...texts: (string | null)[]): string[] =>
  texts.flatMap((text) => (text ? text.trim().toLowerCase() : []));
