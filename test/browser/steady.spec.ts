import { expect, it } from 'vitest';
import { startPages } from '../pages/support/pages.js';
import { fromMenu } from '../support/member-menu.js';
import { syncToEnd } from '../support/runs.js';
import { enter } from '../support/visitor.js';
import { placesOf } from './support/shifts.js';

async function started(width: number) {
  const { service, integration, page: members } = await startPages({ members: 12 });
  await syncToEnd(service, integration.id);
  const { page } = await enter(service, { viewport: { width, height: 800 } });
  await page.goto(members);
  return page;
}

it('somebody who is disabled takes no more room than before', async () => {
  const page = await started(1280);
  const places = await placesOf(page, 'tr.member');
  await fromMenu(page, 'Disable');
  await page.locator('tr.member', { hasText: 'Disabled by' }).waitFor();
  expect(await placesOf(page, 'tr.member')).toEqual(places);
});

it.each([1280, 768, 320])('a search moves nothing but the people, %i px wide', async (width) => {
  const page = await started(width);
  const around = '#q, #directory, #directory-tabs, #directory thead';
  const places = await placesOf(page, around);
  await page.getByRole('searchbox').fill('olga');
  await page.waitForURL(/q=olga/);
  await page.getByRole('link', { name: 'Show all' }).waitFor();
  expect(await placesOf(page, around)).toEqual(places);
});
