import { expect, it } from 'vitest';
import { MEMBER_PAGES } from '../../src/simulator/faults.js';
import { startPages } from '../pages/support/pages.js';
import { enter } from '../support/visitor.js';

it('syncs from a card, shows it without a reload, and leaves the rest alone', async () => {
  const { service, simulator } = await startPages({ members: 12 });
  const { page, complaints, requests } = await enter(service);
  await page.goto('/integrations');
  const card = page.getByRole('listitem').filter({ hasText: 'acme' });
  await card.getByText('Pending').waitFor();
  const held = simulator.faults.on(MEMBER_PAGES).hold();
  await card.getByRole('button', { name: 'Sync Now: acme' }).click();
  await held.arrived;
  await card.getByText('Syncing').waitFor();
  await card.getByText('Reading the members').waitFor();
  await card.getByRole('progressbar', { name: 'Members synced' }).waitFor();
  const button = card.getByRole('button', { name: 'Sync Now: acme' });
  expect(await button.getAttribute('aria-disabled')).toBe('true');
  await card.getByRole('link', { name: 'Settings of acme' }).focus();
  held.release();
  await card.getByText('Complete').waitFor();
  await card.getByText('12 active members').waitFor();
  expect(await card.getByRole('progressbar').count()).toBe(0);
  // What had the focus has it still.
  expect(await page.evaluate('document.activeElement.textContent')).toBe('Settings');
  const asked = requests.filter((one) => one === 'GET /integrations').length;
  await card.getByRole('link', { name: 'acme', exact: true }).click();
  await page.getByRole('heading', { name: 'acme' }).waitFor();
  expect(asked).toBeGreaterThan(1);
  expect(complaints).toEqual([]);
});

it('shows of a schedule what its kind asks for, and works with scripts off', async () => {
  const { service, of } = await startPages();
  const { page } = await enter(service, { javaScriptEnabled: false });
  await page.goto(`${of}/settings`);
  const seen = async () => ({
    day: await page.getByLabel('Day', { exact: true }).isVisible(),
    time: await page.getByLabel('Time', { exact: true }).isVisible(),
    zone: await page.getByLabel('Time zone').isVisible(),
  });
  expect(await seen()).toEqual({ day: false, time: false, zone: false });
  await page.getByLabel('Every hour').check();
  expect(await seen()).toEqual({ day: false, time: false, zone: false });
  await page.getByLabel('Every day').check();
  expect(await seen()).toEqual({ day: false, time: true, zone: true });
  await page.getByLabel('Every week').check();
  expect(await seen()).toEqual({ day: true, time: true, zone: true });
  await page.getByLabel('Day', { exact: true }).selectOption('Friday');
  await page.getByLabel('Time', { exact: true }).fill('22:15');
  await page.getByLabel('Time zone').fill('Europe/Berlin');
  await page.getByRole('button', { name: 'Save settings' }).click();
  await page.getByText('Settings saved.').waitFor();
  await page.getByRole('link', { name: 'Disconnect acme…' }).click();
  await page.getByLabel('Type acme to confirm').fill('acme');
  await page.getByRole('button', { name: 'Disconnect' }).click();
  await page.getByText('acme is disconnected. Its directory is kept.').waitFor();
});
