import type { BrowserContextOptions, Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { Member } from '../../src/members/member.entity.js';
import { MemberChange } from '../../src/members/member-change.entity.js';
import { MEMBER_PAGES } from '../../src/simulator/faults.js';
import { afterLeaving } from '../pages/support/pages.js';
import { launchBrowser, screenshot } from '../support/browser.js';
import { visit } from '../support/visitor.js';

const SIGN_IN = { email: 'admin@default.example', password: 'correct horse battery' };

const LOOKS: Record<string, BrowserContextOptions> = {
  light: { viewport: { width: 1280, height: 800 } },
  dark: { viewport: { width: 1280, height: 800 }, colorScheme: 'dark' },
  narrow: { viewport: { width: 320, height: 640 } },
};

const status = (page: Page) => page.locator('#member-sync-status');
const rows = (page: Page) => page.locator('#directory tr.member');

it('removals are approved, a member is disabled, and a sync is cancelled', async () => {
  const { simulator, service, page: members, leavers } = await afterLeaving(12);
  const { page, complaints } = await visit(await launchBrowser(), service.url, SIGN_IN);
  await page.goto(members);
  await status(page).getByText('12 people look gone.').waitFor();
  expect(await rows(page).count()).toBe(20);
  await page.getByRole('link', { name: 'Approve or reject' }).click();
  for (const { login } of leavers) await page.locator('li.held', { hasText: login }).waitFor();
  await page.getByRole('button', { name: 'Approve' }).click();
  await page.getByText('Approved by admin@default.example').waitFor();
  await page.goto(`${members}?status=left`);
  expect(await rows(page).count()).toBe(12);
  for (const { login } of leavers)
    await rows(page).getByText(login, { exact: true }).last().waitFor();

  await page.goto(members);
  const { login } = await service.dataSource.manager.findOneByOrFail(Member, { status: 'active' });
  await page.getByRole('button', { name: `Disable ${login}`, exact: true }).click();
  await page.getByRole('button', { name: `Enable ${login}`, exact: true }).waitFor();
  await page.locator('tr.member', { hasText: 'Disabled by admin@default.example' }).waitFor();
  await page.getByRole('link', { name: 'disabled 1' }).waitFor();
  expect(await rows(page).count()).toBe(8);

  const held = simulator.faults.on(MEMBER_PAGES).hold();
  await page.getByRole('button', { name: 'Sync Now' }).click();
  await held.arrived;
  await status(page).getByRole('button', { name: 'Cancel' }).click();
  await status(page).getByText('Cancelled by admin@default.example.').waitFor();
  expect(await status(page).getAttribute('hx-trigger')).toBeNull();
  held.release();
  expect(complaints).toEqual([]);
}, 120_000);

it('looks right in every size and colour', async () => {
  const { simulator, service, page: members, runs, of, run } = await afterLeaving(12);
  const { manager } = service.dataSource;
  await manager.update(
    MemberChange,
    { kind: 'joined' },
    { madeAt: new Date('2026-03-01T12:00:00Z') },
  );
  const disabledAt = new Date();
  const [someone] = await manager.find(Member, { order: { loginKey: 'ASC' }, take: 1 });
  const disabled = { status: 'disabled', disabledBy: SIGN_IN.email, disabledAt } as const;
  await manager.update(Member, { id: someone?.id }, disabled);
  const browser = await launchBrowser();
  const pages: Record<string, string> = {
    'run-held': `${runs}/${run.id}`,
    'run-changes': `${runs}/${run.id - 1}`,
    'members-held': members,
    'members-disabled': `${members}?status=disabled`,
    'members-as-of': `${members}?asOf=2026-03-01`,
    'members-as-of-wrong': `${members}?asOf=2020-03-01`,
    settings: `${of}/settings`,
  };
  const look = async (some: Record<string, string>) => {
    for (const [name, options] of Object.entries(LOOKS)) {
      const { page } = await visit(browser, service.url, SIGN_IN, options);
      for (const [title, path] of Object.entries(some)) {
        await page.goto(path);
        await screenshot(page, `pages/${title}-${name}`);
        const wide = await page.evaluate('document.documentElement.scrollWidth - innerWidth');
        expect(wide, `${title}, ${name}`).toBeLessThanOrEqual(0);
      }
    }
  };
  await look(pages);
  const held = simulator.faults.on(MEMBER_PAGES).hold();
  const { page } = await visit(browser, service.url, SIGN_IN);
  await page.goto(members);
  await page.getByRole('button', { name: 'Sync Now' }).click();
  await held.arrived;
  await look({ 'members-cancel': members });
  held.release();
}, 300_000);
