import { Octokit } from '@octokit/rest';
import { describe, expect, it } from 'vitest';
import { FINE, MEMBER, NARROW, OUTSIDER, OWNER, Stage } from './support/stage.js';

const MEMBERS = '/orgs/acme/members';

function links(response: Response): Record<string, string> {
  const header = response.headers.get('link') ?? '';
  return Object.fromEntries(
    [...header.matchAll(/<([^>]+)>; rel="(\w+)"/g)].map(([, url, rel]) => [rel, url]),
  );
}

describe('the pages of the members', () => {
  it('hold 30 unless asked otherwise, by ascending id', async () => {
    const stage = await Stage.set(60);
    const page = await stage.json<{ id: number; login: string }[]>(MEMBERS);
    const expected = stage.organization.members.slice(0, 30);
    expect(page.map(({ id, login }) => [id, login])).toEqual(
      expected.map(({ id, login }) => [id, login]),
    );
    expect(page.map(({ id }) => id)).toEqual(
      page.map(({ id }) => id).sort((one, two) => one - two),
    );
  });

  it('are linked by the id of the organization, with the rest of the query kept', async () => {
    const stage = await Stage.set(248);
    const at = (page: number) =>
      `${stage.simulator.url}/organizations/9001/members?per_page=100&role=all&page=${page}`;
    const path = `${MEMBERS}?per_page=100&role=all`;
    expect(links(await stage.get(path))).toEqual({ next: at(2), last: at(3) });
    const second = await stage.get('/organizations/9001/members?per_page=100&role=all&page=2');
    expect(links(second)).toEqual({ prev: at(1), next: at(3), last: at(3), first: at(1) });
    expect(links(await stage.get(`${path}&page=3`))).toEqual({ prev: at(2), first: at(1) });
  });

  it('are linked in the layout that was asked', async () => {
    const stage = await Stage.set(40);
    const { next } = links(await stage.get('/api/v3/orgs/acme/members'));
    expect(next).toBe(`${stage.simulator.url}/api/v3/organizations/9001/members?page=2`);
  });

  it('have no links where there is one page only, and are empty past the last', async () => {
    const stage = await Stage.set(20);
    expect((await stage.get(MEMBERS)).headers.get('link')).toBeNull();
    expect(await stage.logins(`${MEMBERS}?page=2`)).toEqual([]);
  });

  it.each(['', '/api/v3'])('are all found by Octokit under "%s"', async (layout) => {
    const stage = await Stage.set(230);
    const octokit = new Octokit({ auth: OWNER, baseUrl: stage.simulator.url + layout });
    const found = await octokit.paginate('GET /orgs/{org}/members', { org: 'ACME', per_page: 100 });
    expect(found.map(({ id }) => id)).toEqual(stage.organization.members.map(({ id }) => id));
    expect(stage.simulator.requests.total).toBe(3);
  });

  it.each(['per_page=101', 'per_page=500', 'per_page=0', 'per_page=-1', 'per_page=ten', 'page=0'])(
    'are refused for %s',
    async (query) => {
      const stage = await Stage.set();
      const response = await stage.get(`${MEMBERS}?${query}`);
      expect(response.status).toBe(422);
      const [field] = query.split('=');
      expect(await response.json()).toMatchObject({
        message: 'Validation Failed',
        errors: [{ resource: 'Member', field, code: 'invalid' }],
      });
    },
  );
});

describe('who sees which members', () => {
  it.each([
    ['an owner', OWNER],
    ['a member', MEMBER],
    ['a fine-grained token with the permission', FINE],
  ])('everybody: %s', async (_, token) => {
    const stage = await Stage.set(25);
    expect(await stage.logins(MEMBERS, token)).toEqual(
      stage.organization.members.map(({ login }) => login),
    );
  });

  it.each([
    ['somebody else', OUTSIDER],
    ['a member whose token lacks read:org', NARROW],
    ['nobody in particular', null],
  ])('the public ones, without a word: %s', async (_, token) => {
    const stage = await Stage.set(25);
    const shown = stage.organization.list({ publicOnly: true }).map(({ user }) => user.login);
    const response = await stage.get(MEMBERS, token);
    expect(response.status).toBe(200);
    expect(((await response.json()) as { login: string }[]).map(({ login }) => login)).toEqual(
      shown,
    );
    expect(shown).toContain('Owner');
    expect(shown).not.toContain('a-member');
  });

  it('a member who left sees the public ones from then on', async () => {
    const stage = await Stage.set(25);
    const before = await stage.logins(MEMBERS, MEMBER);
    stage.organization.leave(stage.member);
    const after = await stage.logins(MEMBERS, MEMBER);
    expect(after.length).toBeGreaterThan(0);
    expect(after.length).toBeLessThan(before.length - 1);
  });

  it('by role', async () => {
    const stage = await Stage.set(0);
    expect(await stage.logins(`${MEMBERS}?role=admin`)).toEqual(['Owner']);
    stage.organization.setRole(stage.member, 'admin');
    expect(await stage.logins(`${MEMBERS}?role=admin`)).toEqual(['Owner', 'a-member']);
    expect(await stage.logins(`${MEMBERS}?role=member`)).toEqual([]);
    expect((await stage.get(`${MEMBERS}?role=boss`)).status).toBe(422);
  });

  it('without two factors: owners only', async () => {
    const stage = await Stage.set(0);
    const path = `${MEMBERS}?filter=2fa_disabled`;
    expect(await stage.logins(path)).toEqual([]);
    stage.member.twoFactor = false;
    expect(await stage.logins(path)).toEqual(['a-member']);
    expect((await stage.get(path, MEMBER)).status).toBe(422);
    expect((await stage.get(path, null)).status).toBe(422);
  });
});

describe('the public members', () => {
  it('are listed alike for everybody, in pages with tags', async () => {
    const stage = await Stage.set(60);
    const shown = stage.organization.list({ publicOnly: true }).map(({ user }) => user.login);
    const path = '/orgs/acme/public_members?per_page=5';
    const first = await stage.get(path, null);
    const at = (page: number) =>
      `${stage.simulator.url}/organizations/9001/public_members?per_page=5&page=${page}`;
    expect(links(first)).toEqual({ next: at(2), last: at(Math.ceil(shown.length / 5)) });
    const etag = first.headers.get('etag') ?? '';
    expect((await stage.get(path, OWNER, { 'if-none-match': etag })).status).toBe(304);
    const second = at(2).slice(stage.simulator.url.length);
    const both = [...(await stage.logins(path, OWNER)), ...(await stage.logins(second, OUTSIDER))];
    expect(both).toEqual(shown.slice(0, 10));
    stage.organization.setPublic(stage.member, true);
    expect(await stage.logins('/orgs/acme/public_members?per_page=100', null)).toContain(
      'a-member',
    );
  });
});

describe('whether somebody is a member', () => {
  it('is told to members', async () => {
    const stage = await Stage.set();
    expect((await stage.get(`${MEMBERS}/OWNER`, MEMBER)).status).toBe(204);
    expect((await stage.get(`${MEMBERS}/outsider`, MEMBER)).status).toBe(404);
  });

  it('is still told of somebody suspended', async () => {
    const stage = await Stage.set();
    stage.world.suspendUser(stage.member);
    expect((await stage.get(`${MEMBERS}/a-member`)).status).toBe(204);
  });

  it('is told to others about public members only, by way of a redirect', async () => {
    const stage = await Stage.set();
    const response = await stage.get(`${MEMBERS}/owner`, OUTSIDER);
    expect(response.status).toBe(302);
    expect(response.headers.get('location')).toBe(
      `${stage.simulator.url}/orgs/acme/public_members/owner`,
    );
    expect((await stage.get('/orgs/acme/public_members/owner', OUTSIDER)).status).toBe(204);
    expect((await stage.get('/orgs/acme/public_members/a-member', OUTSIDER)).status).toBe(404);
  });

  it('comes with the role', async () => {
    const stage = await Stage.set();
    expect(await stage.json('/user/memberships/orgs/ACME')).toMatchObject({ role: 'admin' });
    expect(await stage.json('/orgs/acme/memberships/a-member')).toMatchObject({
      role: 'member',
      state: 'active',
    });
  });
});
