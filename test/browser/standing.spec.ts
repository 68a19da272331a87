import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { Member } from '../../src/members/member.entity.js';
import { startPages } from '../pages/support/pages.js';
import { picture } from '../support/browser.js';
import { fromMenu, menuOf, offers } from '../support/member-menu.js';
import { syncToEnd } from '../support/runs.js';
import { enter } from '../support/visitor.js';

const focused = (page: Page) => page.locator(':focus');

it('somebody is disabled and enabled again by the keyboard alone, without a reload', async () => {
  const { service, integration, page: members, others } = await startPages({ members: 60 });
  await syncToEnd(service, integration.id);
  const { page, complaints } = await enter(service);
  await page.goto(members);
  await page.evaluate('globalThis.isSamePage = true');
  const { login, id: githubId } = others[20] ?? { login: '', id: 0 };
  const member = await service.dataSource.manager.findOneByOrFail(Member, { githubId });
  const name = member.name || login;
  const notice = page.locator('#standing-notice[role=status]');

  await menuOf(page, login).focus();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  expect(await focused(page).getAttribute('aria-label')).toBe(`Disable ${login}`);
  await page.keyboard.press('Enter');
  await notice.getByText(`${name} is disabled.`).waitFor();
  await page.getByRole('link', { name: 'disabled 1' }).waitFor();
  await page.getByRole('link', { name: 'active 59' }).waitFor();
  expect(await focused(page).getAttribute('aria-label')).toBe(`Actions for ${login}`);
  expect(await page.locator('tr.member details[open]').count()).toBe(0);
  await offers(page, 'Enable', login);
  await picture(page, 'pages/members-disabled-undo');

  const undo = notice.getByRole('button', { name: 'Undo' });
  await undo.focus();
  await page.keyboard.press('Enter');
  await notice.getByText(`${name} is active again.`).waitFor();
  await page.getByRole('link', { name: 'active 60' }).waitFor();
  await offers(page, 'Disable', login);
  expect(await focused(page).getAttribute('id')).toBe('standing-undo');
  expect(await page.evaluate('globalThis.isSamePage')).toBe(true);
  expect(complaints).toEqual([]);
});

it('with scripts off, a button on the next page takes it back', async () => {
  const { service, integration, page: members, others } = await startPages();
  await syncToEnd(service, integration.id);
  const { page } = await enter(service, { javaScriptEnabled: false });
  const [{ login } = { login: '' }] = others;
  await page.goto(`${members}?q=${login}`);
  await fromMenu(page, 'Disable', login);
  await page.getByText('is disabled.').waitFor();
  expect(new URL(page.url()).search).toBe(`?q=${login}`);
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.getByText('is active again.').waitFor();
  await offers(page, 'Disable', login);
});

it('login and email are copied from the menu, which says so until it is closed', async () => {
  const { service, integration, page: members, world, organization } = await startPages();
  organization.join(world.addUser({ login: 'zz-zoe', email: 'zoe@praha.example' }));
  organization.join(world.addUser({ login: 'zz-yan', email: '' }));
  await syncToEnd(service, integration.id);
  const { page, complaints } = await enter(service);
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.goto(members);
  const copied = () => page.evaluate('navigator.clipboard.readText()');
  await fromMenu(page, 'Copy login', 'zz-zoe');
  await page.getByRole('button', { name: 'Copied' }).waitFor();
  expect(await copied()).toBe('zz-zoe');
  expect(await focused(page).textContent()).toBe('Copied');
  await page.getByRole('button', { name: 'Copy email' }).click();
  await page.getByText('Copied: zoe@praha.example').waitFor({ state: 'attached' });
  expect(await copied()).toBe('zoe@praha.example');
  await page.keyboard.press('Escape');
  await menuOf(page, 'zz-zoe').click();
  await page.getByRole('button', { name: 'Copy login' }).waitFor();
  await menuOf(page, 'zz-yan').click();
  expect(await page.getByRole('button', { name: 'Copy login' }).count(), 'one is open').toBe(1);
  expect(await page.getByRole('button', { name: 'Copy email' }).count()).toBe(0);
  expect(complaints).toEqual([]);
});
