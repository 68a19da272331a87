import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { Member } from '../../src/members/member.entity.js';
import { afterLeaving, startPages } from '../pages/support/pages.js';
import { focused } from '../support/keyboard.js';
import { syncToEnd } from '../support/runs.js';
import { enter } from '../support/visitor.js';

const box = (page: Page, login = '') => page.getByLabel(`Choose ${login}`, { exact: true });
const all = (page: Page) => page.getByLabel('Choose all on this page');
const button = (page: Page, name: string) => page.getByRole('button', { name });

it('members are chosen, exported, disabled and enabled again', async () => {
  const { service, integration, others, page: members } = await startPages({ members: 12 });
  await syncToEnd(service, integration.id);
  const { page, complaints, requests } = await enter(service);
  await page.goto(members);
  const bar = page.locator('.chosen-bar');
  expect(await bar.isVisible()).toBe(false);
  const [one, two, three] = others.map(({ login }) => login).toSorted();
  await box(page, one).check();
  await box(page, two).focus();
  await page.keyboard.press('Space');
  await bar.getByText('2 chosen').waitFor();
  await page.keyboard.press('Enter');
  expect(await page.evaluate('document.querySelector("[data-chooses]").indeterminate')).toBe(true);
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    button(page, 'Export the chosen members as CSV').click(),
  ]);
  expect(file.suggestedFilename()).toBe('acme-members.csv');

  const sync = await syncToEnd(service, integration.id);
  expect(sync.state).toBe('complete');
  await page.getByRole('button', { name: 'Show it' }).click();
  await expect.poll(() => requests.filter((ask) => ask === `GET ${members}`).length).toBe(2);
  await bar.getByText('2 chosen').waitFor();
  expect(await box(page, two).isChecked()).toBe(true);

  await button(page, 'Disable the chosen members').click();
  await page.getByText('2 people are disabled.').waitFor();
  await page.getByRole('link', { name: 'active 10' }).waitFor();
  expect(await bar.isVisible()).toBe(false);
  expect((await focused(page)).name).toBe('Choose all on this page');
  await button(page, 'Undo').click();
  await page.getByText('2 people are enabled again.').waitFor();

  await all(page).check();
  await bar.getByText('12 chosen').waitFor();
  await box(page, three).uncheck();
  await bar.getByText('11 chosen').waitFor();
  expect(await all(page).isChecked()).toBe(false);
  await button(page, 'Disable the chosen members').click();
  await page.getByText('11 people are disabled.').waitFor();
  expect(await service.dataSource.manager.countBy(Member, { status: 'active' })).toBe(1);
  expect(complaints).toEqual([]);
}, 60_000);

it('members are chosen and disabled without scripts', async () => {
  const { service, integration, others, page: members } = await startPages();
  await syncToEnd(service, integration.id);
  const { page, complaints } = await enter(service, { javaScriptEnabled: false });
  await page.goto(members);
  expect(await all(page).isVisible()).toBe(false);
  for (const { login } of others) await box(page, login).check();
  await page.keyboard.press('Enter');
  await page.waitForURL(/chosen=/);
  expect(await page.getByText('disabled.').count(), 'Enter does nothing').toBe(0);
  for (const { login } of others) await box(page, login).check();
  await button(page, 'Disable the chosen members').click();
  await page.getByText('2 people are disabled.').waitFor();
  await button(page, 'Undo').click();
  await page.getByText('2 people are enabled again.').waitFor();
  expect(complaints).toEqual([]);
});

it.each([true, false])('some of the held removals are approved, scripts %s', async (scripts) => {
  const { service, runs, run, leavers } = await afterLeaving(8);
  const { page, complaints } = await enter(service, { javaScriptEnabled: scripts });
  await page.goto(`${runs}/${run.id}`);
  for (const { login } of leavers.slice(0, 3)) await box(page, login).check();
  if (scripts) await page.getByText('3 chosen').waitFor();
  expect(await button(page, 'Reject').isVisible(), 'it is for all').toBe(false);
  await button(page, 'Approve the chosen ones').click();
  await page.getByText('5 people may have left').waitFor();
  await page.getByRole('heading', { name: 'Left 3' }).waitFor();
  expect(await page.getByLabel(/^Choose (?!all)/).count()).toBe(5);
  await button(page, 'Reject').click();
  await page.getByText('5 removals rejected by').waitFor();
  expect(complaints).toEqual([]);
});
