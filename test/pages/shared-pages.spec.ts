import { describe, expect, it } from 'vitest';
import { GithubTeam } from '../../src/members/github-teams/github-team.entity.js';
import { Member } from '../../src/members/member.entity.js';
import { syncToEnd } from '../support/runs.js';
import { ways } from '../support/service.js';
import { listenTo } from '../support/statements.js';
import { signedIn } from '../support/web.js';
import { startPages } from './support/pages.js';

/** Two people, one of them in a team and its child team, and an outside collaborator. */
async function started(way: (typeof ways)[number]) {
  const stage = await startPages({ members: 4, ...way });
  const { service, integration, organization, world, others, of } = stage;
  const [ada, bob] = others;
  if (!ada || !bob) throw new Error('There is nobody.');
  const web = organization.teams.create('Web');
  organization.teams.add(web, ada);
  organization.teams.add(organization.teams.create('API', { parent: web }), ada);
  const outsider = world.addUser({ login: 'mara-outside' });
  organization.collaborators.add(outsider);
  await syncToEnd(service, integration.id);
  const { manager } = service.dataSource;
  const team = await manager.findOneByOrFail(GithubTeam, { githubId: web.id });
  const person = await manager.findOneByOrFail(Member, { githubId: ada.id });
  const pages = {
    team: `${of}/github-teams/${team.id}`,
    person: `${of}/members/${person.id}`,
    collaborators: `${of}/collaborators`,
    members: `${of}/members`,
  };
  return { ...stage, ada, bob, web, outsider, pages };
}

describe.each(ways)('pages that requests share, $way', (way) => {
  it('show a change at once, however often they were asked for just before', async () => {
    const { admin, organization, ada, bob, web, outsider, pages, service, integration } =
      await started(way);
    const read = async (page: keyof typeof pages) => (await admin.get(pages[page])).text;
    const before = {
      team: await read('team'),
      person: await read('person'),
      collaborators: await read('collaborators'),
      members: await read('members'),
    };
    expect(before.team).toContain(`>${ada.login}<`);
    expect(before.team).not.toContain(`>${bob.login}<`);
    expect(before.person).toMatch(/<bdi>Web<\/bdi>/);
    expect(before.collaborators).toContain(outsider.login);

    organization.teams.add(web, bob);
    organization.teams.remove(web, ada);
    organization.collaborators.remove(outsider);
    await syncToEnd(service, integration.id);
    const team = await read('team');
    expect(team).toContain(`>${bob.login}<`);
    expect(team).toMatch(/In the team <span[^>]*>1</);
    expect(team).toMatch(/With child teams <span[^>]*>2</);
    expect(await read('person')).toMatch(/<bdi>Web<\/bdi><\/a>\s*<span[^>]*>Through a child team/);
    expect(await read('collaborators')).not.toContain(outsider.login);

    await admin.post(`${pages.person}/disable`, { back: pages.person });
    expect(await read('person')).toContain('Enable<span');
    expect(await read('members')).not.toContain(`>${ada.login}<`);
  });

  it('show everybody what their role may do, also at the same moment', async () => {
    const { admin, service, pages, ada } = await started(way);
    const member = await signedIn(service, { role: 'member' });
    const asked = Array.from({ length: 10 }, (_, i) => (i % 2 ? admin : member).get(pages.person));
    for (const [i, { text }] of (await Promise.all(asked)).entries()) {
      expect(text).toContain(ada.login);
      expect(text.includes('Disable<span')).toBe(i % 2 === 1);
      expect(text.includes('API tokens')).toBe(i % 2 === 1);
    }
  });

  it('need few statements', async () => {
    const { admin, service, pages } = await started(way);
    const most = { person: 9, team: 12, collaborators: 11, members: 12 };
    const said = listenTo(service.dataSource);
    for (const [page, statements] of Object.entries(most)) {
      const counts: number[] = [];
      // Others, such as the sweeper, may ask in between.
      for (let i = 0; i < 3; i++) {
        said.length = 0;
        await admin.get(pages[page as keyof typeof pages]);
        counts.push(said.length);
      }
      expect(Math.min(...counts), page).toBeLessThanOrEqual(statements);
    }
  });
});
