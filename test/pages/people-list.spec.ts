import { describe, expect, it } from 'vitest';
import { GithubIntegration } from '../../src/integrations/connections/github-integration.entity.js';
import { Member } from '../../src/members/member.entity.js';
import { insertRows } from '../../src/platform/database/insert-rows.js';
import { ListPerson } from '../../src/reviews/people-list/list-person.entity.js';
import { MAX_LIST_SIZE } from '../../src/reviews/people-list/people-list-problems.js';
import { parseCsv } from '../support/csv.js';
import { makeRun } from '../support/make-run.js';
import { ways } from '../support/service.js';
import { signedIn, startWeb } from '../support/web.js';

const NOW = new Date('2026-01-01T00:00:00.000Z');

const ROW = '<li class="grid items-start';

const memberOf = (integrationId: number, githubId: number, more: Partial<Member>) => ({
  ...{ integrationId, githubId, nodeId: `n${githubId}`, name: '', nameKey: '', email: '' },
  ...{ avatarUrl: '', role: 'member' as const, status: 'active' as const, present: true },
  ...{ joinedAt: NOW, updatedAt: NOW, login: `u${githubId}`, loginKey: `u${githubId}` },
  ...more,
});

const fileOf = (content: string | Buffer, name = 'people.csv') => {
  const form = new FormData();
  form.set('file', new Blob([content as string]), name);
  return form;
};

/** What a browser shows, without the elements. */
const textOf = (html: string): string => html.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');

describe.each(ways)('the pages of the people list, $way', (way) => {
  async function start() {
    const service = await startWeb(way);
    const admin = await signedIn(service);
    const { integrationId } = await makeRun(service, 'complete');
    const { manager } = service.dataSource;
    const set = { organizationLogin: 'acme' };
    await manager.update(GithubIntegration, { id: integrationId }, set);
    await insertRows(manager, Member, [
      memberOf(integrationId, 1, { login: 'ada-l', loginKey: 'ada-l' }),
      memberOf(integrationId, 2, { email: 'twin@example.com', name: '<b>Twin</b>' }),
      memberOf(integrationId, 3, { email: 'twin@example.com' }),
      memberOf(integrationId, 4, {}),
    ]);
    const idOf = async (email: string) => (await manager.findOneByOrFail(ListPerson, { email })).id;
    const memberId = async (login: string) => (await manager.findOneByOrFail(Member, { login })).id;
    const rows = async (query = '') => {
      const { text } = await admin.get(`/people-list/matches${query}`);
      return text.split(ROW).slice(1).map(textOf);
    };
    return { service, admin, manager, idOf, memberId, rows };
  }

  const LIST =
    'email;name;github_login;status\nada@example.com;Ada;ADA-L;left\ntwin@example.com;;;\nnew@example.com;<i>New</i>;;\n';

  it('take a list, and show its versions and what follows', async () => {
    const { admin } = await start();
    const empty = await admin.get('/people-list');
    expect(empty.text).toContain('No list yet.');
    expect((await admin.get('/people-list/matches')).text).toContain('There is no list yet.');
    const taken = await admin.post('/people-list', fileOf(`\ufeff${LIST}`));
    expect([taken.status, taken.headers.get('location')]).toEqual([303, '/people-list']);
    const { text } = await admin.follow(taken);
    const shown = textOf(text);
    expect(shown).toContain('Version 1 of the list is taken.');
    expect(shown).toContain('Version 1 Current 3 people 3 added, 0 changed, 0 removed');
    expect(shown).toContain('by admin@default.example , from this page');
    expect(shown).toMatch(
      /1 Left the company .* 1 Not in the list .* 1 To choose .* 1 Not on GitHub/,
    );
    const json = fileOf('{"people":[{"email":"ada@example.com","desk":null}]}', 'people.JSON');
    expect((await admin.post('/people-list', json)).status).toBe(422);
    const again = await admin.follow(await admin.post('/people-list', fileOf(LIST)));
    expect(again.text).toContain('The list is as it was: version 1.');
  });

  it('name the rows that are wrong', async () => {
    const { admin } = await start();
    const wrong = `email,name\n<b>nobody</b>,x\n${'nobody,x\n'.repeat(119)}`;
    const { status, text } = await admin.post('/people-list', fileOf(wrong));
    expect(status).toBe(422);
    expect(textOf(text)).toContain('120 rows are wrong. Nothing was taken.');
    expect(text).toContain('line 2: <bdi>&#x27;&lt;b&gt;nobody&lt;/b&gt;&#x27; is not an email');
    expect(text).toContain('and 20 more');
    expect(text).toContain('No list yet.');
    const latin = await admin.post(
      '/people-list',
      fileOf(Buffer.from('email\n\xe9@x.y\n', 'latin1')),
    );
    expect([latin.status, textOf(latin.text)]).toEqual([422, expect.stringContaining('CSV UTF-8')]);
    const large = await admin.post('/people-list', fileOf(Buffer.alloc(MAX_LIST_SIZE + 1, 'x')));
    expect([large.status, large.text]).toEqual([413, expect.stringContaining('larger than 32 MB')]);
    const none = await admin.follow(await admin.post('/people-list', new FormData()));
    expect(none.text).toContain('No file was chosen.');
  });

  it('say who is who, and keep what is chosen', async () => {
    const { admin, idOf, memberId, rows } = await start();
    await admin.post('/people-list', fileOf(LIST));
    expect(await rows()).toEqual([
      expect.stringMatching(
        /ada@example\.com Ada Left ada-l ada-l in acme Matched by login Left the/,
      ),
      expect.stringMatching(/new@example\.com &lt;i&gt;New&lt;\/i&gt; Active Not on GitHub/),
      expect.stringMatching(/twin@example\.com Active 2 accounts to choose from To choose/),
      expect.stringMatching(/Not in the list u4 u4 in acme Not in the list/),
    ]);
    const twin = `/people-list/matches/${await idOf('twin@example.com')}?category=ambiguous`;
    const chosen = await admin.post(twin, { memberId: String(await memberId('u2')) });
    expect(chosen.headers.get('location')).toBe('/people-list/matches?category=ambiguous');
    expect((await admin.follow(chosen)).text).toContain('The choice is kept.');
    expect(await rows('?search=twin')).toEqual([
      expect.stringMatching(/twin@example\.com .*Twin.* u2 in acme Matched by hand Matched Take/),
    ]);
    await admin.post(twin);
    expect(await rows('?category=ambiguous')).toHaveLength(1);
    const newcomer = `/people-list/matches/${await idOf('new@example.com')}`;
    expect((await admin.post(newcomer, { login: '@U4' })).status).toBe(303);
    expect(await rows('?category=matched')).toEqual([expect.stringContaining('by hand')]);
    const unknown = await admin.post(newcomer, { login: 'nobody' });
    expect([unknown.status, unknown.text]).toEqual([404, expect.stringContaining('role="alert"')]);
    const taken = await admin.post(twin, { login: 'u4' });
    expect([taken.status, taken.text]).toEqual([409, expect.stringContaining('new@example.com')]);
  });

  it('export what is filtered', async () => {
    const { admin } = await start();
    await admin.post('/people-list', fileOf(LIST));
    const { text } = await admin.get('/people-list/matches?category=left_company');
    const [csv, json] = [...text.matchAll(/href="([^"]*export[^"]*)"/g)].map(([, path = '']) =>
      path.replaceAll('&amp;', '&').replaceAll('&#x3D;', '='),
    );
    const file = await admin.get(csv ?? '');
    expect(file.headers.get('content-disposition')).toContain(
      'default-people-list-left_company.csv',
    );
    expect(parseCsv(file.text).map((row) => row[2])).toEqual(['email', 'ada@example.com']);
    expect(JSON.parse((await admin.get(json ?? '')).text)).toMatchObject([
      { category: 'left_company', member: { login: 'ada-l' } },
    ]);
  });

  it('are for admins, each of their own team', async () => {
    const { service, admin, idOf } = await start();
    await admin.post('/people-list', fileOf(LIST));
    const member = await signedIn(service, { role: 'member' });
    for (const path of ['/people-list', '/people-list/matches', '/people-list/matches/export'])
      expect((await member.get(path)).status).toBe(403);
    expect((await member.post('/people-list', fileOf(LIST))).status).toBe(403);
    const other = await signedIn(service, { team: 'blue' });
    expect((await other.get('/people-list')).text).toContain('No list yet.');
    const path = `/people-list/matches/${await idOf('ada@example.com')}`;
    expect((await other.post(path)).status).toBe(404);
  });
});
