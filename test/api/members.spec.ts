import { describe, expect, it } from 'vitest';
import type { MemberResponse } from '../../src/api/members/member.response.js';
import type { Page } from '../../src/api/shared/page.js';
import { SORTS } from '../../src/members/listing/member-query.js';
import { Member } from '../../src/members/member.entity.js';
import type { ProblemResponse } from '../../src/platform/web/problem.response.js';
import { parseCsv } from '../support/csv.js';
import { ways } from '../support/service.js';
import { connected } from './support/api.js';
import { everything } from './support/pages.js';
import { finishedRun } from './support/runs.js';

const HEADER = [
  ...['githubId', 'login', 'displayName', 'email', 'role', 'status', 'avatarUrl'],
  ...['twoFactor', 'since', 'disabledBy', 'disabledAt', 'suspended', 'affiliation'],
  ...['samlNameId', 'scimUserName', 'verifiedEmails'],
];

const lowerCase = (login: string): string => login.toLowerCase();

describe.each(ways)('members over the API, $way', (way) => {
  async function directory(members = 3, names: string[] = []) {
    const stage = await connected({ ...way, members });
    for (const name of names) stage.organization.join(stage.world.addUser({ name }));
    await finishedRun(stage.api, stage.id);
    return { ...stage, path: `/api/v1/integrations/${stage.id}/members` };
  }

  it('are shown with what GitHub has, and our id', async () => {
    const { api, path, owner } = await directory();
    const { body } = await api.get<Page<MemberResponse>>(`${path}?q=%20olga%20`);
    expect(body).toEqual({
      items: [
        {
          id: expect.any(Number),
          githubId: owner.id,
          login: 'olga-owner',
          displayName: owner.name ?? 'olga-owner',
          email: owner.email ?? '',
          role: 'admin',
          status: 'active',
          avatarUrl: expect.stringMatching(/^http/),
          twoFactor: true,
          since: expect.stringMatching(/^\d{4}-.*Z$/),
          disabledBy: null,
          disabledAt: null,
          suspended: null,
          affiliation: 'member',
          samlNameId: null,
          scimUserName: null,
          verifiedEmails: [],
        },
      ],
      nextCursor: null,
    });
  });

  it('come page after page, everybody once, sorted by login in any case', async () => {
    const { api, path, organization, world, id } = await directory(70);
    const upper = world.addUser({ login: 'ZZ-Upper' });
    organization.join(upper);
    organization.join(world.addUser({ login: 'zz-lower' }));
    await finishedRun(api, id);
    const all = await everything<MemberResponse>(api, path, 9);
    const logins = all.map(({ login }) => login);
    const truth = [...organization.members].map(({ login }) => login);
    expect(logins.map(lowerCase)).toEqual(truth.map(lowerCase).sort());
    expect(new Set(logins).size).toBe(72);
    expect((await api.get<Page<MemberResponse>>(path)).body.items).toHaveLength(30);
  });

  it('are active ones unless somebody asks for others', async () => {
    const { api, path, organization, id } = await directory(12);
    const [, leaver] = organization.members;
    if (!leaver) throw new Error('The organization is too small.');
    organization.leave(leaver);
    await finishedRun(api, id);
    const logins = async (query: string) =>
      (await api.get<Page<MemberResponse>>(path + query)).body.items.map(({ login }) => login);
    expect(await logins('')).toHaveLength(11);
    expect(await logins('?status=active')).not.toContain(leaver.login);
    expect(await logins('?status=left')).toEqual([leaver.login]);
    expect(await logins('?status=active,left')).toHaveLength(12);
    expect(await logins('?status=disabled')).toEqual([]);
  });

  it('are chosen by role, by two-factor authentication and by since when', async () => {
    const { api, path, organization, world, owner, id, dataSource } = await directory(4);
    const careless = world.addUser({ login: 'careless', twoFactor: false });
    organization.join(careless);
    await finishedRun(api, id);
    await dataSource.manager.update(
      Member,
      { githubId: owner.id },
      { joinedAt: new Date(Date.now() - 20 * 86_400_000) },
    );
    const logins = async (query: string) =>
      (await api.get<Page<MemberResponse>>(path + query)).body.items.map(({ login }) => login);
    expect(await logins('?role=admin')).toEqual(['olga-owner']);
    expect(await logins('?role=member')).toHaveLength(4);
    expect(await logins('?twoFactor=off')).toEqual(['careless']);
    expect(await logins('?twoFactor=on')).toHaveLength(4);
    expect(await logins('?within=7')).toHaveLength(4);
    expect(await logins('?within=7&role=admin')).toEqual([]);
    expect(await logins('?within=30&role=admin')).toEqual(['olga-owner']);
    expect((await logins('?sort=since'))[0]).toBe('olga-owner');
    expect((await logins('?sort=-since')).at(-1)).toBe('olga-owner');
  });

  it.each(SORTS)('come page after page in the order of %s, everybody once', async (sort) => {
    const names = ['Émile', 'émile', 'Zoë', 'anna', 'Анна', 'анна', 'b', 'B', ''];
    const { api, path } = await directory(6, names);
    const whole = (await api.get<Page<MemberResponse>>(`${path}?sort=${sort}&limit=100`)).body
      .items;
    const inPages = await everything<MemberResponse>(api, `${path}?sort=${sort}`, 4);
    expect(inPages).toEqual(whole);
    expect(new Set(whole.map(({ id }) => id)).size).toBe(15);
    const other = sort.startsWith('-') ? sort.slice(1) : `-${sort}`;
    const turned = (await api.get<Page<MemberResponse>>(`${path}?sort=${other}&limit=100`)).body;
    expect(turned.items).toEqual(whole.toReversed());
    if (sort === 'name') {
      const keys = whole.map(({ displayName }) =>
        displayName.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase(),
      );
      expect(keys).toEqual(keys.toSorted());
    }
  });

  it('are found by the beginning of a word of their name', async () => {
    const names = ['Åsa%_!\\ Öberg', 'Анна Иванова', "O'Neil and O’Neil", 'Gives 100% always'];
    const { api, path } = await directory(3, [...names, 'Somebody Else', '1000 Steps']);
    const found = await Promise.all(
      ['Åsa%_', 'Анна', 'o’neil', '100%'].map((search) =>
        api.get<Page<MemberResponse>>(`${path}?q=${encodeURIComponent(search)}`),
      ),
    );
    expect(found.map(({ body }) => body.items.map(({ displayName }) => displayName))).toEqual(
      names.map((name) => [name]),
    );
  });

  it('come as CSV, all of them and byte for byte', async () => {
    const names = [
      ' two  spaces ',
      'a "quoted", name',
      'line\nbreak\r\n',
      '王小明 🦀',
      "'apostrophe",
    ];
    const { api, path, organization } = await directory(150, names);
    const csv = await api.get(`${path}?limit=1`, { headers: { Accept: 'text/csv' } });
    expect(csv.status).toBe(200);
    expect(csv.headers.get('Content-Type')).toBe('text/csv; charset=utf-8');
    expect(csv.headers.get('Content-Disposition')).toBe('attachment; filename="acme-members.csv"');
    expect(csv.headers.get('Vary')).toContain('Accept');
    const [header, ...rows] = parseCsv(csv.text);
    expect(header).toEqual(HEADER);
    const json = await everything<MemberResponse>(api, path, 100);
    expect(rows).toEqual(
      json.map(({ id: _, ...member }) => Object.values(member).map((value) => String(value ?? ''))),
    );
    expect(rows.map(([, , name]) => name)).toEqual(expect.arrayContaining(names));
    expect(rows).toHaveLength(organization.members.length);
  });

  it('come as CSV that fits the query, and that no spreadsheet runs', async () => {
    const names = ['=1+1', '+1', '-1', '@SUM(A1)', '\tx', '\rx', '=HYPERLINK("http://x","y")'];
    const { api, path } = await directory(3, [...names, 'No-formula=']);
    const { text } = await api.get(path, { headers: { Accept: 'text/csv' } });
    const shown = parseCsv(text).map(([, , name]) => name);
    for (const name of names) {
      expect(shown).toContain(`'${name}`);
      expect(shown).not.toContain(name);
    }
    expect(shown).toContain('No-formula=');
    const some = await api.get(`${path}?q=SUM`, { headers: { Accept: 'text/csv' } });
    expect(parseCsv(some.text)).toHaveLength(2);
  });
});

describe('members over the API', () => {
  it('name the value of the query that is wrong', async () => {
    const { api, id } = await connected();
    const wrong = {
      'status=gone': 'status must be one or more of active, left, disabled',
      'status=': 'status',
      'status=active,': 'status',
      'sort=email': 'sort must be one of login, -login, name, -name, since, -since',
      'role=owner': 'role must be admin or member',
      'twoFactor=maybe': 'twoFactor must be one of on, off, unknown',
      'suspended=yes': 'suspended must be true or false',
      'type=Robot': 'type must be one of User, Bot, Organization',
      'within=8': 'within must be 7, 30 or 90',
      'sort=since&asOf=2026-03-01': 'need the current directory',
      'within=7&asOf=2026-03-01': 'need the current directory',
      'q=a&q=b': 'q must be given once',
      'q=%00': 'q must not contain a NUL character',
      'q=olga%00': 'q must not contain a NUL character',
      [`q=${'x'.repeat(101)}`]: 'q must have at most 100 characters',
      // Cursors of another shape: ["q"], ["a",0] and the one of a run.
      'cursor=WyJxIl0': 'cursor',
      'cursor=WyJhIiwwXQ': 'cursor',
      'cursor=WzFd': 'cursor',
      // ["a",1,"login"], of another sorting; and ["a",1,"since"], which is no time.
      'sort=name&cursor=WyJhIiwxLCJsb2dpbiJd': 'cursor',
      'sort=since&cursor=WyJhIiwxLCJzaW5jZSJd': 'cursor',
    };
    for (const [query, says] of Object.entries(wrong)) {
      const { body } = await api.get<ProblemResponse>(
        `/api/v1/integrations/${id}/members?${query}`,
      );
      expect({ query, ...body }).toMatchObject({
        query,
        status: 422,
        detail: expect.stringContaining(says),
      });
    }
  });

  it('are to be had as JSON and CSV only', async () => {
    const { api, id } = await connected();
    const path = `/api/v1/integrations/${id}/members`;
    const as = (Accept: string) => api.get<ProblemResponse>(path, { headers: { Accept } });
    expect(await as('image/png')).toMatchObject({ status: 406, body: { code: 'not_acceptable' } });
    for (const accept of ['*/*', 'text/csv;q=0.5, application/json', 'text/html,*/*;q=0.1'])
      expect((await as(accept)).headers.get('Content-Type')).toMatch(/^application\/json/);
  });
});
