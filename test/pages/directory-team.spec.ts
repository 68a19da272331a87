import { describe, expect, it } from 'vitest';
import { GithubTeam } from '../../src/members/github-teams/github-team.entity.js';
import { parseCsv } from '../support/csv.js';
import { finished, requestSync, syncToEnd } from '../support/runs.js';
import { ways } from '../support/service.js';
import { loginsOf, startPages } from './support/pages.js';

const loginsIn = (text: string, all: { login: string }[]): string[] =>
  loginsOf(all.filter(({ login }) => text.includes(`>${login}<`)));

/** The number beside the name of a list, in the links between the lists. */
const sizeIn = (text: string, list: string): number =>
  Number(new RegExp(`<span>${list}</span>\\s*<span[^>]*>(\\d+)<`).exec(text)?.[1]);

describe.each(ways)('the directory of a GitHub team, $way', (way) => {
  it('has its people, with or without its child teams, and nobody of another tenant', async () => {
    const { service, integration, organization, others, admin, of, page } = await startPages({
      members: 5,
      ...way,
    });
    const [ada, bob] = others;
    if (!ada || !bob) throw new Error('There is nobody.');
    const web = organization.teams.create('Web');
    const api = organization.teams.create('API', { parent: web });
    organization.teams.add(web, ada);
    organization.teams.add(api, bob);
    await syncToEnd(service, integration.id);
    const { manager } = service.dataSource;
    const { id } = await manager.findOneByOrFail(GithubTeam, { githubId: web.id });
    const teamPage = (await admin.get(`${of}/github-teams/${id}`)).text;
    const list = `${page}?githubTeam=${id}`;
    expect(teamPage.replaceAll('&#x3D;', '=')).toContain(`href="${list}"`);
    const { members } = organization;
    const alone = (await admin.get(list)).text;
    expect(loginsIn(alone, members)).toEqual([ada.login]);
    expect(alone).toMatch(/In the team <a[^>]*><bdi>Web/);
    const both = (await admin.get(`${list}&includeChildTeams=true`)).text;
    expect(loginsIn(both, members)).toEqual(loginsOf([ada, bob]));
    const file = (await admin.get(`${page}/export?githubTeam=${id}`)).text;
    expect(parseCsv(file).map((row) => row[1])).toEqual(['login', ada.login]);
    expect((await admin.get(`${page}?githubTeam=4711`)).status).toBe(404);
    const then = new Date().toISOString();
    organization.teams.remove(web, ada);
    organization.teams.add(web, bob);
    await syncToEnd(service, integration.id);
    const past = (await admin.get(`${list}&asOf=${then}`)).text;
    expect(past).toMatch(/In the team <a[^>]*><bdi>Web/);
    expect(loginsIn(past, members)).toEqual([ada.login]);
    const pastFile = (await admin.get(`${page}/export?githubTeam=${id}&asOf=${then}`)).text;
    expect(parseCsv(pastFile).map((row) => row[1])).toEqual(['login', ada.login]);
    const now = (await admin.get(list)).text;
    expect(loginsIn(now, members)).toEqual([bob.login]);
    expect(sizeIn(now, 'Members')).toBe(5);
    organization.leave(bob);
    const person = { githubId: bob.id };
    const { id: runId } = await requestSync(service, integration.id, [person]);
    await finished(service, runId);
    for (const at of [page, `${of}/github-teams`, `${of}/invitations`, `${of}/collaborators`])
      expect(sizeIn((await admin.get(at)).text, 'Members')).toBe(4);
  });
});
