import { describe, expect, it } from 'vitest';
import { AuditEntry } from '../../src/accounts/audit/audit-entry.entity.js';
import type { MatchesResponse, MatchResponse } from '../../src/api/people-list/match.response.js';
import { GithubIntegration } from '../../src/integrations/connections/github-integration.entity.js';
import { Member } from '../../src/members/member.entity.js';
import { ListPerson } from '../../src/reviews/people-list/list-person.entity.js';
import { parseCsv } from '../support/csv.js';
import { ways } from '../support/service.js';
import { connected } from './support/api.js';
import { finishedRun } from './support/runs.js';

const LIST = '/api/v1/people-list';
const PATH = `${LIST}/matches`;

/** `acme` with a member for each sign, synced with their identities. */
async function stage(way?: (typeof ways)[number]) {
  const started = await connected({ ...way, members: 1 });
  const { api, id, world, organization, owner, token, dataSource } = started;
  world.addToken({ token, user: owner, scopes: ['admin:org', 'read:user'] });
  const join = (login: string, email = '') => {
    const user = world.addUser({ login, email });
    organization.join(user);
    return user;
  };
  const { identities } = organization;
  join('Ada-L');
  identities.link(join('sam'), { nameId: 'SAM@corp.example' });
  identities.link(join('sid'), { nameId: 'x1', scimUserName: 'sid@corp.example' });
  const vera = join('vera');
  identities.link(vera, { nameId: 'x2' });
  identities.verifyEmails(vera, ['vera@corp.example', 'v@corp.example']);
  join('penny', 'Penny@corp.example');
  for (const login of ['twin-a', 'twin-b']) join(login, 'twin@corp.example');
  organization.collaborators.add(world.addUser({ login: 'outsider' }));
  await finishedRun(api, id);
  const send = (...people: object[]) => api.call('PUT', LIST, { body: { people } });
  const matches = async (query = '') => (await api.get<MatchesResponse>(PATH + query)).body;
  const personId = async (email: string) =>
    (await matches(`?search=${email}`)).items[0]?.person?.id ?? 0;
  const memberId = async (login: string) =>
    (await dataSource.manager.findOneByOrFail(Member, { login })).id;
  const choose = (person: number, member: number | null | undefined) =>
    api.call<MatchResponse>('PUT', `${PATH}/${person}`, { body: { memberId: member } });
  return { ...started, join, send, matches, personId, memberId, choose };
}

const PEOPLE = [
  { email: 'ada@corp.example', githubLogin: 'ada-l', name: 'Ada' },
  { email: 'sam@corp.example' },
  { email: 'SID@corp.example', status: 'left' },
  { email: 'v@corp.example', name: 'Vera 100%' },
  { email: 'penny@corp.example', endDate: '2100-01-01' },
  { email: 'twin@corp.example' },
  { email: 'nobody@corp.example' },
  { email: 'old@corp.example', endDate: '2020-01-01' },
];

/** What a match says, in a line. */
const lineOf = ({ category, matchedBy, person, member, candidates }: MatchResponse) =>
  [category, person?.email, matchedBy, member?.login, ...candidates.map(({ login }) => login)]
    .filter(Boolean)
    .join(' ');

describe.each(ways)('matches of the people list, $way', (way) => {
  it('tell who is who, by which sign, and who is not', async () => {
    const { api, send, matches } = await stage(way);
    expect(await matches()).toEqual({
      items: [],
      nextCursor: null,
      counts: {
        ...{ matched: 0, weak: 0, ambiguous: 0 },
        ...{ not_in_list: 0, left_company: 0, not_on_github: 0 },
      },
    });
    await send(...PEOPLE);
    const { items, counts, nextCursor } = await matches();
    expect(items.map(lineOf)).toEqual([
      'matched ada@corp.example login Ada-L',
      'not_on_github nobody@corp.example',
      'not_in_list olga-owner',
      'not_in_list outsider',
      'weak penny@corp.example public_email penny',
      'matched sam@corp.example saml_name_id sam',
      'left_company sid@corp.example scim_user_name sid',
      'ambiguous twin@corp.example public_email twin-a twin-b',
      'matched v@corp.example verified_email vera',
    ]);
    expect(nextCursor).toBeNull();
    expect(counts).toEqual({
      ...{ matched: 3, weak: 1, ambiguous: 1 },
      ...{ not_in_list: 2, left_company: 1, not_on_github: 1 },
    });
    expect(items[0]).toEqual({
      ...{ category: 'matched', matchedBy: 'login', candidates: [] },
      person: {
        ...{ id: expect.any(Number), email: 'ada@corp.example', name: 'Ada', githubLogin: 'ada-l' },
        ...{ status: 'active', endDate: null, managerEmail: null },
      },
      member: {
        ...{ memberId: expect.any(Number), integrationId: 1, organization: 'acme' },
        ...{ githubId: expect.any(Number), login: 'Ada-L', displayName: expect.any(String) },
        ...{ email: '', affiliation: 'member' },
      },
    });
    expect(items[3]?.member?.affiliation).toBe('outside_collaborator');
    const other = await api.tokenOf('others');
    expect((await api.get<MatchesResponse>(PATH, { token: other })).body.items).toEqual([]);
  });

  it('are found by category and words, come in pages, and are exported', async () => {
    const { api, send, matches } = await stage(way);
    await send(...PEOPLE);
    const found = async (query: string) => (await matches(query)).items.map(lineOf);
    expect(await found('?category=weak')).toEqual(['weak penny@corp.example public_email penny']);
    expect(await found('?search=VERA')).toHaveLength(1);
    expect(await found('?search=100%25%20corp')).toHaveLength(1);
    expect(await found('?search=1_0')).toEqual([]);
    expect(await found('?search=twin-b&category=matched')).toEqual([]);
    const all: string[] = [];
    for (let cursor = ''; ; ) {
      const page = await matches(`?limit=2${cursor}`);
      all.push(...page.items.map(lineOf));
      if (page.nextCursor === null) break;
      cursor = `&cursor=${page.nextCursor}`;
    }
    expect(all).toEqual(await found(''));
    const csv = await api.get(`${PATH}?category=ambiguous`, { headers: { Accept: 'text/csv' } });
    expect(parseCsv(csv.text).slice(1)).toEqual([
      [
        ...['ambiguous', 'public_email', 'twin@corp.example', '', '', 'active', '', ''],
        ...['', '', '', '', '', 'twin-a twin-b'],
      ],
    ]);
    for (const query of ['category=all', 'cursor=x', 'limit=0', 'search=a&search=b'])
      expect((await api.get(`${PATH}?${query}`)).status, query).toBe(422);
  });

  it('follow the list, the directory and what somebody chooses', async () => {
    const { api, id, send, matches, personId, memberId, choose, join, organization, dataSource } =
      await stage(way);
    await send(...PEOPLE);
    const twin = await personId('twin@corp.example');
    const chosen = await choose(twin, await memberId('twin-b'));
    expect(chosen.status).toBe(200);
    expect(lineOf(chosen.body)).toBe('matched twin@corp.example hand twin-b');
    const found = async (login: string) => (await matches(`?search=${login}`)).items.map(lineOf);
    expect(await found('twin-a')).toEqual(['not_in_list twin-a']);

    join('late', 'nobody@corp.example');
    const ada = organization.members.find(({ login }) => login === 'Ada-L');
    if (ada) organization.leave(ada);
    await finishedRun(api, id);
    expect(await found('nobody@')).toEqual(['weak nobody@corp.example public_email late']);
    expect(await found('ada@')).toEqual(['not_on_github ada@corp.example']);

    await send({ email: 'twin@corp.example', status: 'left' });
    expect(await found('twin')).toEqual([
      'not_in_list twin-a',
      'left_company twin@corp.example hand twin-b',
    ]);
    await send(...PEOPLE);
    expect(lineOf((await choose(twin, null)).body)).toMatch(/^ambiguous /);
    expect((await choose(twin, null)).status).toBe(200);
    const entries = await dataSource.manager.findBy(AuditEntry, { action: 'people_list.match' });
    expect(entries).toMatchObject([
      {
        ...{ subject: 'twin@corp.example', before: { githubId: null } },
        after: { githubId: expect.any(Number), login: 'twin-b' },
      },
      { before: { githubId: expect.any(Number) }, after: { githubId: null } },
    ]);

    const disconnectedAt = new Date();
    await dataSource.manager.update(GithubIntegration, { id }, { disconnectedAt });
    await send({ email: 'ada@corp.example' });
    expect((await matches()).items.map(lineOf)).toEqual(['not_on_github ada@corp.example']);
  });

  it('refuse a choice that cannot be', async () => {
    const { api, id, send, personId, memberId, choose, organization } = await stage(way);
    await send(...PEOPLE);
    const [twin, ada] = [await personId('twin@corp.example'), await personId('ada@corp.example')];
    const penny = await memberId('penny');
    await choose(twin, penny);
    const refused = (status: number, code: string) => ({ status, body: { code } });
    expect(await choose(ada, penny)).toMatchObject(refused(409, 'match_taken'));
    expect(await choose(ada, 999)).toMatchObject(refused(404, 'member_not_found'));
    expect(await choose(999, penny)).toMatchObject(refused(404, 'list_person_not_found'));
    for (const wrong of [undefined, 'penny', 0])
      expect(await choose(ada, wrong as number)).toMatchObject(refused(422, 'validation_failed'));
    const other = await api.tokenOf('others');
    const body = { memberId: penny };
    for (const path of [`${PATH}/${ada}`, `${PATH}/999`])
      expect((await api.call('PUT', path, { body, token: other })).status).toBe(404);
    const sam = organization.members.find(({ login }) => login === 'sam');
    if (sam) organization.leave(sam);
    await finishedRun(api, id);
    expect(await choose(ada, await memberId('sam'))).toMatchObject(
      refused(409, 'member_not_on_github'),
    );
    await send({ email: 'ada@corp.example' });
    expect(lineOf((await choose(ada, penny)).body)).toBe('matched ada@corp.example hand penny');
    expect(await choose(twin, penny)).toMatchObject(refused(404, 'list_person_not_found'));
  });

  it('show somebody who left everywhere, of whom nothing is to be done', async () => {
    const { send, matches, choose, dataSource } = await stage(way);
    await send(...PEOPLE);
    expect((await matches('?search=old@')).items).toEqual([]);
    const email = 'old@corp.example';
    const { id } = await dataSource.manager.findOneByOrFail(ListPerson, { email });
    expect(await choose(id, null)).toMatchObject({
      status: 200,
      body: { category: null, matchedBy: null, person: { id, email }, member: null },
    });
  });
});
