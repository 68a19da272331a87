import { expect, it } from 'vitest';
import { startPages } from '../pages/support/pages.js';
import { look } from '../support/looks.js';
import { fromMenu } from '../support/member-menu.js';
import { syncToEnd } from '../support/runs.js';
import { enter } from '../support/visitor.js';

it('outside collaborators have a list of their own, which follows, and works without scripts', async () => {
  const { service, integration, organization, world, simulator, of } = await startPages();
  const path = `${of}/collaborators`;
  const visitor = await enter(service);
  const { page, complaints } = visitor;
  await look(visitor, { 'collaborators-unread': path });
  await syncToEnd(service, integration.id);
  await page.getByText('Nobody is one now.').waitFor();
  await page.evaluate('globalThis.isSamePage = true');
  const long = 'somebody-with-a-login-as-long-as-it-get';
  const one = world.addUser({ login: long, name: 'Ada <b>Byron</b>' });
  organization.collaborators.add(one);
  await syncToEnd(service, integration.id);
  await page.getByRole('link', { name: 'active 1' }).waitFor();
  for (let n = 0; n < 54; n++) organization.collaborators.add(world.addUser());
  await syncToEnd(service, integration.id);
  await page.getByRole('link', { name: 'active 55' }).waitFor();
  expect(await page.locator('tr.member').count()).toBe(50);
  await page.getByRole('searchbox').fill(long);
  await page.getByText('1 of 55 matches', { exact: true }).waitFor();
  expect(new URL(page.url()).pathname).toBe(path);
  await fromMenu(page, `Disable ${long}`, long);
  await page.getByRole('link', { name: 'disabled 1' }).waitFor();
  simulator.faults.on(/outside_collaborators\?/).status(403);
  await syncToEnd(service, integration.id);
  await page.getByRole('note').getByText('What is shown was read').waitFor();
  expect(await page.evaluate('globalThis.isSamePage')).toBe(true);
  expect(complaints).toEqual([]);
  await look(visitor, {
    'collaborators-disabled': `${path}?status=disabled`,
    collaborators: `${path}?limit=25`,
  });

  const without = (await enter(service, { javaScriptEnabled: false })).page;
  await without.goto(path);
  await without.getByRole('link', { name: 'Next page' }).click();
  expect(await without.locator('tr.member').count()).toBe(4);
  await without.goto(`${path}?status=disabled`);
  await without.getByRole('link', { name: 'Ada <b>Byron</b>' }).click();
  await without.getByText('Outside collaborator', { exact: true }).waitFor();
  await without.getByRole('link', { name: 'outside collaborators' }).click();
  expect(new URL(without.url()).pathname).toBe(path);
}, 120_000);
