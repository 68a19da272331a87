import { describe, expect, it } from 'vitest';
import { GithubIntegration } from '../../src/integrations/connections/github-integration.entity.js';
import { Member } from '../../src/members/member.entity.js';
import { parseCsv } from '../support/csv.js';
import { today } from '../support/dates.js';
import { connect, syncToEnd } from '../support/runs.js';
import { startGithub, ways } from '../support/service.js';
import { signedIn, startWeb } from '../support/web.js';

const byKey = (a: string, b: string): number => (a.toLowerCase() < b.toLowerCase() ? -1 : 1);

async function start({
  members = 3,
  ...way
}: {
  members?: number;
  dialect?: 'sqlite' | 'mysql';
} = {}) {
  const github = await startGithub({ members });
  const service = await startWeb({ ...way, env: { GITHUB_API_URL: github.simulator.url } });
  const integration = await connect(service, github.token);
  const admin = await signedIn(service);
  const page = `/integrations/github/${integration.id}/members`;
  return { ...github, service, integration, admin, page };
}

const rows = (text: string): string[] =>
  text
    .split(/<tr[^>]* class="member /)
    .slice(1)
    .map((row) => row.slice(0, row.indexOf('</tr>')));

const link = (text: string, words: string): string => {
  const [, href] = new RegExp(`href="([^"]+)">${words}<`).exec(text) ?? [];
  if (!href) throw new Error(`There is no link '${words}'.`);
  return href.replaceAll('&amp;', '&').replaceAll('&#x3D;', '=');
};

describe.each(ways)('the directory, $way', ({ dialect }) => {
  it('shows everybody once, page by page, sorted by login', async () => {
    const { service, integration, admin, page, organization } = await start({
      dialect,
      members: 120,
    });
    await syncToEnd(service, integration.id);
    const first = (await admin.get(page)).text;
    expect(first).toMatch(/1–50\s+of 120/);
    const second = (await admin.get(link(first, 'Next page'))).text;
    expect(second).toMatch(/51–100\s+of 120/);
    const third = (await admin.get(link(second, 'Next page'))).text;
    expect(third).not.toContain('Next page');
    expect(link(third, 'First page')).toBe(page);
    const back = (await admin.get(link(third, 'Previous page'))).text;
    expect(rows(back).map(loginIn)).toEqual(rows(second).map(loginIn));
    expect(back).toMatch(/51–100\s+of 120/);
    const begin = (await admin.get(link(back, 'Previous page'))).text;
    expect(rows(begin).map(loginIn)).toEqual(rows(first).map(loginIn));
    expect(begin).toMatch(/1–50\s+of 120/);
    expect(begin).not.toContain('Previous page');
    const logins = [first, second, third].flatMap(rows).map(loginIn);
    const truth = organization.members.map(({ login }) => login);
    expect(logins.toSorted()).toEqual(truth.toSorted());
  });

  it('finds people by the beginning of the login and of any word of the name, in any case', async () => {
    const { service, integration, admin, page, world, organization } = await start({ dialect });
    organization.join(world.addUser({ login: 'Zoe-Q', name: '100% Zoë_Quinn' }));
    await syncToEnd(service, integration.id);
    const find = async (q: string) =>
      rows((await admin.get(`${page}?${new URLSearchParams({ q })}`)).text).map(loginIn);
    expect(await find('zOE-')).toEqual(['Zoe-Q']);
    expect(await find('QUI')).toEqual(['Zoe-Q']);
    expect(await find('100%')).toEqual(['Zoe-Q']);
    expect(await find('%')).toEqual([]);
    expect(await find('uinn')).toEqual([]);
    expect(await find('nobody at all')).toEqual([]);
  });
});

describe.each(ways)('the search, $way', ({ dialect }) => {
  it('finds without accents, in any order, by a mention and by an email address', async () => {
    const { service, integration, admin, page, world, organization } = await start({ dialect });
    const dvorak = { login: 'tonda', name: 'Antonín Dvořák', email: 'Dvorak@praha.example' };
    organization.join(world.addUser(dvorak));
    organization.join(world.addUser({ login: 'tom', name: 'Tom Dvorsky', email: '' }));
    await syncToEnd(service, integration.id);
    const find = async (q: string, more = {}) =>
      rows((await admin.get(`${page}?${new URLSearchParams({ q, ...more })}`)).text).map(loginIn);
    for (const q of [
      ...['dvorak', 'DVOŘÁK', 'dvorak antonin', 'antonín dvo', '@tonda', 'dvo @tonda'],
      ...['dvorak@praha.example', 'DVORAK@', 'antonin dvorak@p'],
    ])
      for (const more of [{}, { asOf: today() }])
        expect({ q, more, found: await find(q, more) }).toEqual({ q, more, found: ['tonda'] });
    expect(await find('dvo')).toEqual(['tom', 'tonda']);
    expect(await find('dvorak tom')).toEqual([]);
    expect(await find('@praha.example')).toEqual([]);
  });

  it('says how many of all it found, up to 1,000', async () => {
    const { service, integration, admin, page, world, organization } = await start({
      dialect,
      members: 1_100,
    });
    for (let i = 0; i < 60; i++)
      organization.join(world.addUser({ login: `qwz-${i}`, twoFactor: false }));
    await syncToEnd(service, integration.id);
    for (const asOf of ['', `&asOf=${today()}`]) {
      const text = async (query: string) => (await admin.get(`${page}?${query}${asOf}`)).text;
      const found = await text('q=qwz&twoFactor=off');
      expect(found).toContain('>60 of 1,160 match<');
      expect(found).toMatch(/1–50\s+of 60</);
      expect(found).toMatch(/Members 1 to 50, 60 of 1,160 match/);
      expect((await admin.get(link(found, 'Next page'))).text).toContain('>60 of 1,160 match<');
      expect(await text('q=olga-owner')).toContain('>1 of 1,160 matches<');
      const most = await text('role=member');
      expect(most).toContain('>1,000+ of 1,160 match<');
      expect(most).toMatch(/1–50\s+of 1,000\+</);
      expect(await text('q=zzz')).not.toContain('of 1,160');
      expect(await text('sort=name')).not.toContain('match<');
    }
  });

  it('sorts by name without accents and leading blanks', async () => {
    const { service, integration, admin, page, world, organization } = await start({ dialect });
    for (const name of ['\u00a0 Éb', 'eA', ' ec', 'Ed']) organization.join(world.addUser({ name }));
    await syncToEnd(service, integration.id);
    const { text } = await admin.get(`${page}?sort=name&q=e`);
    const names = [...text.matchAll(/<bdi>([^<]+)<\/bdi><\/a><\/p>/g)].map(([, name]) =>
      name?.trim(),
    );
    expect(names.filter((name) => name?.length === 2)).toEqual(['eA', 'Éb', 'ec', 'Ed']);
  });
});

describe('the directory', () => {
  it('is sorted by a click on the head of a column, and says how', async () => {
    const { service, integration, admin, page } = await start({ members: 12 });
    await syncToEnd(service, integration.id);
    const first = (await admin.get(page)).text;
    expect(first).toContain('aria-sort="ascending"');
    const down = (await admin.get(link(first, 'Login'))).text;
    expect(down).toContain('aria-sort="descending"');
    expect(rows(down).map(loginIn)).toEqual(rows(first).map(loginIn).toReversed());
    const byTime = (await admin.get(link(down, 'First seen'))).text;
    expect(byTime).toMatch(/aria-sort="ascending"\s*>\s*<a[^>]*>First seen/);
  });

  it('is narrowed by what is chosen, keeps it from page to page, and shows everybody again', async () => {
    const { service, integration, admin, page, world, organization } = await start();
    const without = Array.from({ length: 60 }, () => world.addUser({ twoFactor: false }));
    for (const user of without) organization.join(user);
    await syncToEnd(service, integration.id);
    const first = (await admin.get(`${page}?twoFactor=off&role=member&within=7`)).text;
    const second = (await admin.get(link(first, 'Next page'))).text;
    const logins = [first, second].flatMap(rows).map(loginIn);
    expect(logins.toSorted()).toEqual(without.map(({ login }) => login).toSorted());
    expect(second).toMatch(/<option value="off" selected>/);
    const nobody = (await admin.get(`${page}?twoFactor=off&role=admin`)).text;
    expect(rows(nobody)).toEqual([]);
    expect(link(nobody, 'Show all')).toBe(page);
  });

  it('is to be had as a file, of everybody who is shown on all its pages', async () => {
    const { service, integration, admin, page, world, organization } = await start();
    for (let i = 0; i < 70; i++) organization.join(world.addUser({ twoFactor: false }));
    organization.join(world.addUser({ login: 'formula', name: '=1+1', twoFactor: false }));
    await syncToEnd(service, integration.id);
    const { text } = await admin.get(`${page}?twoFactor=off&sort=-login`);
    const file = await admin.get(link(text, 'Export as CSV'));
    expect(file.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(file.headers.get('content-disposition')).toBe('attachment; filename="acme-members.csv"');
    const [header, ...people] = parseCsv(file.text);
    const login = header?.indexOf('login') ?? -1;
    const truth = organization.members.filter((user) => !user.twoFactor).map((user) => user.login);
    expect(people.map((cells) => cells[login])).toEqual(truth.toSorted(byKey).toReversed());
    expect(file.text).toContain("'=1+1");
    const stranger = await signedIn(service, { team: 'other' });
    expect((await stranger.get(`${page}/export`)).status).toBe(404);
    expect((await admin.get(`${page}/export?asOf=nonsense`)).status).toBe(422);
  });

  it('executes nothing that people typed on GitHub', async () => {
    const { service, integration, admin, page, world, organization } = await start();
    const evil = `"><script>alert(1)</script><img src=x onerror=alert(1)>{{7}}`;
    organization.join(
      world.addUser({ login: 'evil', name: evil, email: 'a"onfocus=alert(1)@x.example' }),
    );
    await syncToEnd(service, integration.id);
    const where = { login: 'evil' };
    await service.dataSource.manager.update(Member, where, { avatarUrl: 'javascript:alert(1)' });
    const { text } = await admin.get(page);
    expect(text).not.toMatch(/<script>|<img src=x|"onfocus=|javascript:/);
    expect(text).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
    const nobody = await admin.get(`${page}?${new URLSearchParams({ q: evil })}`);
    expect(nobody.text).not.toMatch(/<script>|<img src=x/);
  });

  it('links people on the GitHub that they are on, where that is https', async () => {
    const { service, integration, admin, page } = await start();
    await syncToEnd(service, integration.id);
    const linked = async (apiUrl: string) => {
      await service.dataSource.manager.update(
        GithubIntegration,
        { id: integration.id },
        { apiUrl },
      );
      return (await admin.get(page)).text;
    };
    expect(await linked('https://api.github.com')).toContain(
      'href="https://github.com/olga-owner"',
    );
    expect(await linked('https://git.acme.example/api/v3')).toContain(
      'href="https://git.acme.example/olga-owner"',
    );
    expect(await linked('http://127.0.0.1:1')).not.toMatch(/href="[^"]*olga-owner/);
  });

  it('shows who left under their own status', async () => {
    const { service, integration, admin, page, organization } = await start({ members: 12 });
    await syncToEnd(service, integration.id);
    const [first] = organization.members;
    if (!first) throw new Error('The organization is empty.');
    organization.leave(first);
    await syncToEnd(service, integration.id);
    expect(rows((await admin.get(page)).text).map(loginIn)).not.toContain(first.login);
    const { text } = await admin.get(`${page}?status=left`);
    expect(rows(text).map(loginIn)).toEqual([first.login]);
    expect(text).toMatch(/left <span[^>]*>1</);
  });

  it('marks who is suspended on GitHub and what is no person, and filters by it', async () => {
    const { service, integration, admin, page, organization } = await start();
    await syncToEnd(service, integration.id);
    const [one, other] = organization.members.filter(({ login }) => login !== 'olga-owner');
    const change = (id = 0, values: Partial<Member>) =>
      service.dataSource.manager.update(Member, { githubId: id }, values);
    await change(one?.id, { suspended: true });
    await change(other?.id, { suspended: false, githubType: 'Bot' });
    const suspended = rows((await admin.get(`${page}?suspended=true`)).text);
    expect(suspended.map(loginIn)).toEqual([one?.login]);
    expect(suspended[0]).toContain('>Suspended</span>');
    const bots = rows((await admin.get(`${page}?type=Bot`)).text);
    expect(bots.map(loginIn)).toEqual([other?.login]);
    expect(bots[0]).toContain('>Bot</span>');
    const all = rows((await admin.get(page)).text).join('');
    expect(all.match(/>(Suspended|Bot|User)<\/span>/g)).toHaveLength(2);
  });

  it.each([
    '?after=nonsense',
    '?after=a:1&from=x',
    '?status=none',
    '?q=a&q=b',
    '?q=%00',
    '?after[]=1',
  ])('takes %s for what makes sense of it', async (query) => {
    const { admin, page } = await start();
    expect((await admin.get(page + query)).status).toBe(200);
  });

  it('and the history keep to themselves what is another team’s', async () => {
    const { service, integration, page } = await start();
    const run = await syncToEnd(service, integration.id);
    const stranger = await signedIn(service, { team: 'other' });
    const runs = page.replace('members', 'runs');
    for (const path of [page, runs, `${runs}/${run.id}`])
      expect((await stranger.get(path)).status).toBe(404);
    expect((await stranger.get('/integrations')).text).not.toContain('acme');
  });
});

describe('the list of integrations', () => {
  it('says how to begin, or whom to ask', async () => {
    const service = await startWeb();
    const admin = await (await signedIn(service)).get('/integrations');
    expect(admin.text).toMatch(/href="\/onboarding">Connect an organization</);
    const member = await (await signedIn(service, { role: 'member' })).get('/integrations');
    expect(member.text).toContain('Ask an admin of the team default');
    expect(member.text).not.toContain('/onboarding');
  });

  it('shows each organization with its status and its active members', async () => {
    const { service, integration, admin } = await start({ members: 12 });
    expect((await admin.get('/integrations')).text).toMatch(
      /Pending[\s\S]*Last sync<\/dt><dd>never/,
    );
    await syncToEnd(service, integration.id);
    expect((await admin.get('/integrations')).text).toMatch(/acme[\s\S]*Complete[\s\S]*>12</);
  });
});

describe('the history', () => {
  it('shows who asked, what came of it, and what to do', async () => {
    const { service, integration, admin, page, world, token } = await start();
    const runs = page.replace('members', 'runs');
    expect((await admin.get(runs)).text).toContain('No sync yet.');
    const good = await syncToEnd(service, integration.id);
    world.revokeToken(token);
    const bad = await syncToEnd(service, integration.id);
    const { text } = await admin.get(runs);
    expect(text.indexOf(`Run ${bad.id}`)).toBeLessThan(text.indexOf(`Run ${good.id}`));
    expect(text).toMatch(/manual<\/span>, <bdi>ada@example.com/);
    const one = (await admin.get(`${runs}/${bad.id}`)).text;
    expect(one).toMatch(/bad_credentials/);
    expect(one).toContain('Connect the organization again with a new token.');
    expect((await admin.get(`${runs}/${good.id}`)).text).toMatch(/3<\/strong> members found/);
    expect((await admin.get(`${runs}/999`)).status).toBe(404);
    expect((await admin.get(`${runs}/abc`)).status).toBe(404);
  });
});

function loginIn(row: string): string {
  return /<p class="login [^>]*>(?:<a[^>]*>)?([^<]+)</.exec(row)?.[1] ?? '';
}
