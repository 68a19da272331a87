import { expect, it } from 'vitest';
import { Session } from '../../src/accounts/sessions/session.entity.js';
import { MEMBER_PAGES } from '../../src/simulator/faults.js';
import { startPages } from '../pages/support/pages.js';
import { requestSync } from '../support/runs.js';
import { enter } from '../support/visitor.js';
import { asked, status } from './support/progress.js';

it('the poll of an ended session stops, says so, and the sign-in leads back', async () => {
  const { simulator, service, integration, page: members } = await startPages();
  const held = simulator.faults.on(MEMBER_PAGES).hold();
  await requestSync(service, integration.id);
  await held.arrived;
  const { page, requests } = await enter(service);
  await page.goto(`${members}?status=left`);
  await status(page).getByText('Syncing').waitFor();

  await service.dataSource.manager.clear(Session);
  await page.getByText('Your session has ended. Sign in to continue.').waitFor();
  expect(new URL(page.url()).pathname).toBe('/sign-in');
  const polls = asked(requests);
  await page.getByLabel('Email').fill('admin@default.example');
  await page.getByLabel('Password').fill('correct horse battery');
  expect(asked(requests), 'nothing was polled from the sign-in page').toBe(polls);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await status(page).getByText('Syncing').waitFor();
  expect(page.url()).toBe(`${service.url}${members}?status=left`);
  held.release();

  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  expect(await page.getByText('Your session has ended').count()).toBe(0);
}, 60_000);
