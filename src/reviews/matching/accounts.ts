import type { DataSource } from 'typeorm';
import type { GithubIntegration } from '../../integrations/connections/github-integration.entity.js';
import type { Member } from '../../members/member.entity.js';
import { accountKey, peopleWithAccess } from '../people-with-access.js';
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
] as const satisfies (keyof Member)[];

type FoundMember = Pick<Member, (typeof COLUMNS)[number]>;

/** Everybody who is a member or an outside collaborator of these organizations, each once. */
export async function readAccounts(
  dataSource: DataSource,
  integrations: GithubIntegration[],
): Promise<KnownAccount[]> {
  const accounts = new Map<string, KnownAccount>();
  for (const { id, apiUrl } of integrations)
    for await (const members of peopleWithAccess(dataSource.manager, id, COLUMNS))
      for (const member of members) {
        const key = accountKey(apiUrl, member.githubId);
        const known = accounts.get(key);
        if (known) addMember(known, member);
        else accounts.set(key, newAccount(key, member));
      }
  return [...accounts.values()];
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
