import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { Member } from '../../src/members/member.entity.js';
import { startPages } from '../pages/support/pages.js';
import { picture } from '../support/browser.js';
import { syncToEnd } from '../support/runs.js';
import { enter } from '../support/visitor.js';

const focused = (page: Page) => page.locator(':focus');

it('somebody is disabled and enabled again by the keyboard alone, without a reload', async () => {
  const { service, integration, page: members, others } = await startPages({ members: 60 });
  await syncToEnd(service, integration.id);
  const { page, complaints, requests } = await enter(service);
  await page.goto(members);
  const { login, id: githubId } = others[20] ?? { login: '', id: 0 };
  const member = await service.dataSource.manager.findOneByOrFail(Member, { githubId });
  const name = member.name || login;
  const notice = page.locator('#standing-notice[role=status]');

  await page.getByRole('button', { name: `Disable ${login}`, exact: true }).focus();
  await page.keyboard.press('Enter');
  await notice.getByText(`${name} is disabled.`).waitFor();
  await page.getByRole('link', { name: 'disabled 1' }).waitFor();
  await page.getByRole('link', { name: 'active 59' }).waitFor();
  expect(await focused(page).getAttribute('aria-label')).toBe(`Enable ${login}`);
  await picture(page, 'pages/members-disabled-undo');

  const undo = notice.getByRole('button', { name: 'Undo' });
  await undo.focus();
  await page.keyboard.press('Enter');
  await notice.getByText(`${name} is active again.`).waitFor();
  await page.getByRole('link', { name: 'active 60' }).waitFor();
  await page.getByRole('button', { name: `Disable ${login}`, exact: true }).waitFor();
  expect(await focused(page).getAttribute('id')).toBe('standing-undo');
  expect(requests.filter((one) => one === `GET ${members}`)).toHaveLength(3);
  expect(complaints).toEqual([]);
});

it('with scripts off, a button on the next page takes it back', async () => {
  const { service, integration, page: members, others } = await startPages();
  await syncToEnd(service, integration.id);
  const { page } = await enter(service, { javaScriptEnabled: false });
  const [{ login } = { login: '' }] = others;
  await page.goto(`${members}?q=${login}`);
  await page.getByRole('button', { name: `Disable ${login}`, exact: true }).click();
  await page.getByText('is disabled.').waitFor();
  expect(new URL(page.url()).search).toBe(`?q=${login}`);
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.getByText('is active again.').waitFor();
  await page.getByRole('button', { name: `Disable ${login}`, exact: true }).waitFor();
});
