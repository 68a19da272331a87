import { expect, it } from 'vitest';
import { axeFaults } from '../support/axe.js';
import { launchBrowser } from '../support/browser.js';
import { enter, openWindow } from '../support/visitor.js';
import { startWeb } from '../support/web.js';

it('somebody is invited, joins, becomes an admin and is removed', async () => {
  const service = await startWeb();
  const { page, complaints } = await enter(service);
  const faults = async () => expect(await axeFaults(page)).toEqual([]);
  await page.getByRole('link', { name: 'Users' }).click();
  await page.getByLabel('Email').fill('grace@example.com');
  await page.getByLabel('Role').selectOption('member');
  await page.getByRole('button', { name: 'Create the link' }).click();
  const link = await page.getByLabel('The invitation link').inputValue();
  await faults();

  const other = await openWindow(await launchBrowser(), service.url);
  const { page: guest } = other;
  await guest.goto(link);
  await guest.getByLabel('Your name').fill('Grace Hopper');
  await guest.getByLabel('Password').fill('four unrelated words');
  expect(await axeFaults(guest)).toEqual([]);
  await guest.getByRole('button', { name: 'Join the team' }).click();
  await guest.getByRole('heading', { name: 'Overview' }).waitFor();
  expect(await guest.getByRole('link', { name: 'Users' }).count()).toBe(0);

  await page.goto('/users');
  await page.getByRole('link', { name: 'Manage grace@example.com' }).click();
  await page.getByLabel('Role').selectOption('admin');
  await faults();
  await page.getByRole('button', { name: 'Change role' }).click();
  await page.getByText('grace@example.com is now an admin.').waitFor();
  await guest.reload();
  await guest.getByRole('link', { name: 'Users' }).waitFor();

  await page.getByRole('link', { name: 'Manage grace@example.com' }).click();
  await page.getByRole('link', { name: 'Remove' }).click();
  await faults();
  await page.getByRole('button', { name: 'Remove from the team' }).click();
  await page.getByText('grace@example.com is no longer in the team.').waitFor();
  await guest.goto('/integrations');
  await guest.getByText('Your account belongs to no team.').waitFor();
  expect([...complaints, ...other.complaints]).toEqual([]);
});
