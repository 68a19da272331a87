import { expect, it } from 'vitest';
import { MEMBER_PAGES } from '../../src/simulator/faults.js';
import { afterLeaving, startPages } from '../pages/support/pages.js';
import { focused, tabTo } from '../support/keyboard.js';
import { offers } from '../support/member-menu.js';
import { syncToEnd } from '../support/runs.js';
import { enter } from '../support/visitor.js';
import { somebody, startWeb } from '../support/web.js';

it('the members by keyboard alone, and the focus outlives what is replaced', async () => {
  const { simulator, service, integration, world, organization, ...more } = await startPages({
    members: 60,
  });
  organization.join(world.addUser({ login: 'zz-zoe', name: 'Qwë Zed' }));
  await syncToEnd(service, integration.id);
  const { page, complaints } = await enter(service, { colorScheme: 'dark' });
  const rows = page.locator('#directory tr.member');
  const shows = (people: number) =>
    expect.poll(() => rows.count(), { timeout: 15_000 }).toBe(people);
  const status = page.locator('#member-sync-status');
  await page.goto(more.page);
  await tabTo(page, 'Skip to content');
  await page.keyboard.press('Enter');

  const held = simulator.faults.on(MEMBER_PAGES).hold();
  await tabTo(page, 'Sync Now');
  await page.keyboard.press('Enter');
  await status.getByText('Syncing').waitFor();
  await held.arrived;
  expect((await focused(page)).name).toBe('Sync Now');
  await tabTo(page, 'Cancel');
  await page.evaluate('document.activeElement.dataset.old = "yes"');
  await page.locator('#cancel-sync[data-htmx-powered]:not([data-old])').waitFor();
  expect((await focused(page)).name).toBe('Cancel');
  await page.keyboard.press('Enter');
  await status.getByText('Cancelled by').waitFor();
  await page.locator('#member-sync-status:focus').waitFor();
  held.release();

  await tabTo(page, 'Search members');
  await page.keyboard.type('qw');
  await shows(1);
  await page.keyboard.type('ë');
  await page.waitForURL(/q=qw%C3%AB/);
  expect(await page.locator('#q:focus').inputValue()).toBe('qwë');
  await page.keyboard.press('Escape');
  await shows(50);
  await tabTo(page, /^Role/);
  await page.keyboard.type('Adm');
  await shows(1);
  for (const key of ['ArrowUp', 'Home', 'Enter']) await page.keyboard.press(key);
  await shows(50);
  await tabTo(page, /^Login/);
  await page.keyboard.press('Enter');
  await page.waitForURL(/sort=-login/);
  await tabTo(page, 'Actions for zz-zoe');
  await page.keyboard.press('Enter');
  await tabTo(page, 'Disable zz-zoe');
  await page.keyboard.press('Enter');
  await page.locator('tr.member', { hasText: 'Disabled by' }).waitFor();
  expect((await focused(page)).name).toBe('Actions for zz-zoe');
  await page.keyboard.press('Enter');
  await tabTo(page, 'Enable zz-zoe');
  await page.keyboard.press('Enter');
  await offers(page, 'Disable', 'zz-zoe');
  expect((await focused(page)).name).toBe('Actions for zz-zoe');
  for (let people = 0; people < 20; people++) await page.keyboard.press('Tab');
  await page.keyboard.press('Shift+Tab');
  expect(await focused(page)).toMatchObject({ isVisible: true, isCovered: false });
  await tabTo(page, 'Next page');
  await page.keyboard.press('Enter');
  await page.getByText('51–61').waitFor();
  expect(complaints).toEqual([]);
}, 120_000);

it('a run and what it holds by keyboard alone', async () => {
  const { service, page: members, run } = await afterLeaving(12);
  const { page } = await enter(service);
  await page.goto(members);
  await tabTo(page, 'History');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'History' }).waitFor();
  await tabTo(page, `Run ${run.id}`);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: `Run ${run.id}` }).waitFor();
  await tabTo(page, 'Reject');
  await page.keyboard.press('Enter');
  await page.getByText('removals rejected by admin@default.example').waitFor();
}, 60_000);

it('the menu of teams opens and closes by keyboard', async () => {
  const service = await startWeb();
  await somebody(service, { team: 'other', email: 'admin@default.example' });
  const { page } = await enter(service);
  await tabTo(page, 'Switch team');
  await page.keyboard.press('Enter');
  await tabTo(page, 'default');
  await page.keyboard.press('Escape');
  expect((await focused(page)).name).toBe('Switch team');
  expect(await page.getByRole('button', { name: 'default' }).isVisible()).toBe(false);
  await page.keyboard.press('Enter');
  await tabTo(page, 'default');
  await page.keyboard.press('Enter');
  await page.getByTitle('Your team').getByText('default').waitFor();
});
