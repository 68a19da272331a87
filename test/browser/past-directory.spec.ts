import { expect, it } from 'vitest';
import { startPages } from '../pages/support/pages.js';
import { today } from '../support/dates.js';
import { syncToEnd } from '../support/runs.js';
import { enter } from '../support/visitor.js';

it('a filter that a past date cannot keep is disabled meanwhile, and comes back', async () => {
  const { service, integration, ...more } = await startPages({ members: 3 });
  await syncToEnd(service, integration.id);
  const { page, complaints } = await enter(service);
  await page.goto(more.page);
  const within = page.getByLabel('First seen');
  await within.selectOption('7');
  await page.waitForURL(/within=7/);
  await page.getByLabel('As of').fill(today());
  await page.getByText('“First seen in the last 7 days” does not apply').waitFor();
  await expect.poll(() => within.isDisabled()).toBe(true);
  expect(await within.locator('option').allTextContents()).toEqual([
    'First seen: not for a past date',
  ]);
  await page.getByLabel('As of').fill('');
  await expect.poll(() => within.isEnabled()).toBe(true);
  expect(await within.inputValue()).toBe('7');
  expect(new URL(page.url()).search).toBe('?within=7');
  expect(complaints).toEqual([]);
}, 60_000);
