import { describe, expect, it } from 'vitest';
import type {
  GithubTeamResponse,
  TeamMemberResponse,
} from '../../src/api/github-teams/github-team.response.js';
import type { PersonResponse } from '../../src/api/members/person.response.js';
import type { Page } from '../../src/api/shared/page.js';
import type { ProblemResponse } from '../../src/platform/web/problem.response.js';
import { ways } from '../support/service.js';
import { connected } from './support/api.js';
import { finishedRun } from './support/runs.js';

describe.each(ways)('GitHub teams over the API, $way', (way) => {
  it('are listed and shown with their people, as JSON and CSV, now and as they were', async () => {
    const { api, id, organization, owner } = await connected({ ...way, members: 5 });
    const { teams } = organization;
    const path = `/api/v1/integrations/${id}/github-teams`;
    const list = async (query = '') => (await api.get<Page<GithubTeamResponse>>(path + query)).body;
    expect(await list()).toEqual({ items: [], nextCursor: null });
    const [ada, bob, cy] = organization.members.filter((one) => one !== owner) as [
      never,
      never,
      never,
    ];
    const platform = teams.create('Platform');
    const api1 = teams.create('=API', { parent: platform, privacy: 'secret' });
    const deep = teams.create('Deep', { parent: api1 });
    teams.add(platform, ada, 'maintainer');
    teams.add(api1, ada);
    teams.add(api1, bob);
    teams.add(deep, cy);
    await finishedRun(api, id);
    const meanwhile = new Date().toISOString();
    const { items } = await list();
    const [ofApi, ofDeep, ofPlatform] = items;
    expect(items).toEqual([
      {
        ...{ id: expect.any(Number), githubId: api1.id, slug: 'api', name: '=API' },
        ...{ privacy: 'secret', parentId: ofPlatform?.id, leftAt: null },
        ...{ members: 2, membersWithChildTeams: 3 },
      },
      expect.objectContaining({ slug: 'deep', parentId: ofApi?.id, members: 1 }),
      expect.objectContaining({ slug: 'platform', members: 1, membersWithChildTeams: 3 }),
    ]);
    const first = await list('?limit=1');
    expect(first.items).toEqual([ofApi]);
    expect(await list(`?limit=2&cursor=${first.nextCursor}`)).toEqual({
      ...{ items: [ofDeep, ofPlatform], nextCursor: null },
    });
    const csv = await api.get(path, { headers: { Accept: 'text/csv' } });
    expect(csv.headers.get('Content-Disposition')).toContain('acme-teams.csv');
    expect(csv.text.split('\r\n').slice(0, 2)).toEqual([
      'id,githubId,slug,name,privacy,parentId,members,membersWithChildTeams,leftAt',
      `${ofApi?.id},${api1.id},api,'=API,secret,${ofPlatform?.id},2,3,`,
    ]);

    const one = `/api/v1/github-teams/${ofPlatform?.id}`;
    expect((await api.get(one)).body).toEqual(ofPlatform);
    const people = async (query = '') =>
      (await api.get<Page<TeamMemberResponse>>(`${one}/members${query}`)).body;
    const adas = expect.objectContaining({ githubId: (ada as { id: number }).id });
    const own = await people();
    expect(own).toEqual({ items: [adas], nextCursor: null });
    expect(own.items[0]?.place).toEqual({
      githubTeam: {
        ...{ id: ofPlatform?.id, githubId: platform.id, slug: 'platform' },
        ...{ name: 'Platform', parentId: null },
      },
      ...{ role: 'maintainer', inherited: false },
    });
    const all = await people('?includeChildTeams=true');
    const logins = all.items.map(({ login }) => login);
    expect(logins).toEqual(logins.toSorted((a, b) => (a.toLowerCase() < b.toLowerCase() ? -1 : 1)));
    const places = all.items.map(({ githubId, place }) => [
      ...[githubId, place.githubTeam.slug, place.inherited],
    ]);
    expect(places).toEqual(
      expect.arrayContaining([
        [(ada as { id: number }).id, 'platform', false],
        [(bob as { id: number }).id, 'api', true],
        [(cy as { id: number }).id, 'deep', true],
      ]),
    );
    expect(places).toHaveLength(3);
    const half = await people('?includeChildTeams=true&limit=2');
    const rest = await people(`?includeChildTeams=true&limit=2&cursor=${half.nextCursor}`);
    expect([...half.items, ...rest.items]).toEqual(all.items);
    const file = await api.get(`${one}/members`, { headers: { Accept: 'text/csv' } });
    expect(file.text.split('\r\n')[1]).toMatch(/,platform,maintainer,false$/);

    const filtered = async (query: string) =>
      (
        await api.get<Page<TeamMemberResponse>>(`/api/v1/integrations/${id}/members?${query}`)
      ).body.items.map(({ login }) => login);
    expect(await filtered(`githubTeam=${ofPlatform?.id}`)).toEqual(own.items.map((m) => m.login));
    expect(await filtered(`githubTeam=${ofPlatform?.id}&includeChildTeams=true`)).toEqual(logins);
    expect(await filtered(`githubTeam=${ofPlatform?.id}&q=nobody-at-all`)).toEqual([]);
    const cys = all.items.find(({ githubId }) => githubId === (cy as { id: number }).id);
    const { body: person } = await api.get<PersonResponse>(`/api/v1/members/${cys?.id}`);
    expect(person.githubTeams).toEqual([
      { githubTeam: own.items[0]?.place.githubTeam, role: 'member', inherited: true },
      { githubTeam: expect.objectContaining({ slug: 'api' }), role: 'member', inherited: true },
      { githubTeam: expect.objectContaining({ slug: 'deep' }), role: 'member', inherited: false },
    ]);

    teams.rename(api1, 'Interfaces');
    teams.delete(deep);
    teams.remove(platform, ada);
    teams.add(platform, bob);
    teams.add(api1, ada, 'maintainer');
    organization.leave(cy);
    await finishedRun(api, id);
    expect((await list()).items.map(({ slug }) => slug)).toEqual(['interfaces', 'platform']);
    expect((await list(`?asOf=${meanwhile}`)).items).toEqual(items);
    const bobs = expect.objectContaining({ githubId: (bob as { id: number }).id });
    expect((await people()).items).toEqual([bobs]);
    expect(await people(`?asOf=${meanwhile}`)).toEqual(own);
    const past = `?includeChildTeams=true&asOf=${meanwhile}`;
    const placesOf = ({ items }: Page<TeamMemberResponse>) =>
      items.map(({ login, place }) => ({ login, place }));
    expect(placesOf(await people(past))).toEqual(placesOf(all));
    const start = await people(`${past}&limit=2`);
    const end = await people(`${past}&limit=2&cursor=${start.nextCursor}`);
    expect(placesOf({ items: [...start.items, ...end.items], nextCursor: null })).toEqual(
      placesOf(all),
    );
    const ofInner = `/api/v1/github-teams/${ofApi?.id}/members?asOf=${meanwhile}`;
    const inner = (await api.get<Page<TeamMemberResponse>>(ofInner)).body.items;
    expect(inner.map(({ place }) => [place.githubTeam.slug, place.role])).toEqual([
      ...[
        ['api', 'member'],
        ['api', 'member'],
      ],
    ]);
    const ofPlatform1 = `githubTeam=${ofPlatform?.id}`;
    expect(await filtered(`${ofPlatform1}&asOf=${meanwhile}`)).toEqual(
      own.items.map(({ login }) => login),
    );
    expect(await filtered(`${ofPlatform1}&includeChildTeams=true&asOf=${meanwhile}`)).toEqual(
      logins,
    );
    expect(await filtered(`githubTeam=${ofApi?.id}&role=admin&asOf=${meanwhile}`)).toEqual([]);
    const then = await api.get(`${one}/members${past}`, { headers: { Accept: 'text/csv' } });
    expect(then.text.split('\r\n')).toHaveLength(all.items.length + 2);
    const [gone] = (await list('?state=deleted')).items;
    expect(gone).toMatchObject({ slug: 'deep', members: 0, leftAt: expect.any(String) });
    expect((await api.get(`/api/v1/github-teams/${gone?.id}`)).body).toEqual(gone);

    const members = `/api/v1/integrations/${id}/members`;
    expect((await api.get(`${members}?githubTeam=987654`)).status).toBe(404);
    const refused = async (query: string) =>
      (await api.get<ProblemResponse>(`${path}?${query}`)).body.code;
    expect(await refused('state=open')).toBe('validation_failed');
    expect(await refused('asOf=2020-01-01')).toBe('as_of_too_early');
    const tooEarly = await api.get<ProblemResponse>(`${one}/members?asOf=2020-01-01`);
    expect(tooEarly.body.code).toBe('as_of_too_early');
    const token = await api.tokenOf('another');
    for (const theirs of [path, one, `${one}/members`])
      expect((await api.get(theirs, { token })).status).toBe(404);
  });
});
