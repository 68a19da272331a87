import { expect, it } from 'vitest';
import { GithubTeam } from '../../src/members/github-teams/github-team.entity.js';
import { startPages } from '../pages/support/pages.js';
import { look } from '../support/looks.js';
import { syncToEnd } from '../support/runs.js';
import { enter } from '../support/visitor.js';

it('GitHub teams are a tree, lead to each team and its people, and follow', async () => {
  const { service, integration, page: members, others, organization } = await startPages();
  const { teams } = organization;
  const [ada, bob] = others as [never, never];
  const platform = teams.create('Platform');
  const api = teams.create('<b>API</b> & Schnittstellen mit einem langen Namen', {
    parent: platform,
  });
  const deep = teams.create('Secret team', { parent: api, privacy: 'secret' });
  teams.add(platform, ada, 'maintainer');
  teams.add(deep, bob);
  await syncToEnd(service, integration.id);
  const path = members.replace('/members', '/github-teams');
  const visitor = await enter(service);
  const { page, complaints } = visitor;
  await page.goto(path);
  expect(await page.locator('li.github-team').count()).toBe(3);
  await page.getByRole('searchbox').fill('secret');
  await page.getByRole('button', { name: 'Search', exact: true }).click();
  await page.getByText('1 found').waitFor();
  await page.goto(path);
  await page.getByRole('link', { name: 'Platform', exact: true }).click();
  await page.locator('li.team-member', { hasText: 'Maintainer' }).waitFor();
  expect(await page.locator('li.team-member').count()).toBe(1);
  await page.getByRole('link', { name: 'With child teams' }).click();
  await page.locator('li.team-member', { hasText: 'through Secret team' }).waitFor();
  expect(await page.locator('li.team-member').count()).toBe(2);
  await page.evaluate('globalThis.isSamePage = true');
  teams.rename(platform, 'Foundations');
  await syncToEnd(service, integration.id);
  await page.getByRole('heading', { name: 'Foundations' }).waitFor();
  await page.locator('li.event', { hasText: 'Team renamed' }).waitFor();
  expect(await page.evaluate('globalThis.isSamePage')).toBe(true);
  expect(complaints).toEqual([]);
  const [team] = await service.dataSource.manager.findBy(GithubTeam, { githubId: platform.id });
  await look(visitor, {
    'github-teams': path,
    'github-team': `${path}/${team?.id}?includeChildTeams=true`,
  });

  await page
    .locator('li.team-member', { hasText: 'through Secret team' })
    .getByRole('link')
    .first()
    .click();
  await page.locator('li.person-team', { hasText: 'Through a child team' }).first().waitFor();
  expect(await page.locator('li.person-team').count()).toBe(3);

  const without = await enter(service, { javaScriptEnabled: false });
  await without.page.goto(`${path}/${team?.id}`);
  await without.page.getByRole('link', { name: 'With child teams' }).click();
  expect(await without.page.locator('li.team-member').count()).toBe(2);
}, 60_000);
