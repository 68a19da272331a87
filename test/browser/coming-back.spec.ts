import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { HeldRemovals } from '../../src/integrations/removals/held-removals.js';
import { MEMBER_PAGES } from '../../src/simulator/faults.js';
import { afterLeaving, startPages } from '../pages/support/pages.js';
import { connect, finished, requestSync, syncToEnd } from '../support/runs.js';
import { startGithub } from '../support/service.js';
import { enter } from '../support/visitor.js';
import { startWeb } from '../support/web.js';
import { tab } from './support/progress.js';
import { placesOf } from './support/shifts.js';

/** Comes back to the tab, and waits until it shows what it was given. */
const comeBack = (page: Page): Promise<unknown> =>
  page.evaluate(`new Promise((done) => {
    document.addEventListener('htmx:after:swap', () => done(), { once: true });
    dispatchEvent(new Event('focus'));
  })`);

/** That nothing is new moves nothing. Pictures that cannot load go a moment later, and have no place of their own. */
async function comeBackForNothing(page: Page): Promise<void> {
  const places = await placesOf(page, 'main :not(img)');
  await comeBack(page);
  expect(await placesOf(page, 'main :not(img)')).toEqual(places);
}

it('to the list of integrations shows what is new in it, and asks once', async () => {
  const { simulator, service, integration } = await startPages();
  const { page, requests, complaints } = await enter(service);
  await page.getByRole('link', { name: 'Settings of acme' }).focus();
  await comeBackForNothing(page);

  const held = simulator.faults.on(MEMBER_PAGES).hold();
  const { id } = await requestSync(service, integration.id);
  await held.arrived;
  await comeBack(page);
  expect(await tab(page)).toEqual(['Syncing · Integrations · Rollcall', 'favicon-syncing']);
  held.release();
  await finished(service, id);
  await page.getByText('Complete').waitFor();
  await page.getByText('3 active members').waitFor();
  expect(await tab(page)).toEqual(['Integrations · Rollcall', 'favicon']);

  const asked = () => requests.filter((one) => one === 'GET /integrations').length;
  const before = asked();
  await comeBackForNothing(page);
  expect(asked()).toBe(before + 1);
  expect(await page.locator(':focus').getAttribute('aria-label')).toBe('Settings of acme');
  expect(complaints).toEqual([]);
}, 120_000);

it('to the list of integrations shows the first one, and one way to connect another', async () => {
  const { simulator, token } = await startGithub();
  const service = await startWeb({ env: { GITHUB_API_URL: simulator.url } });
  const { page } = await enter(service);
  const toConnect = page.getByRole('link', { name: 'Connect an organization' });
  expect(await toConnect.count()).toBe(1);
  await connect(service, token);
  await comeBack(page);
  await page.getByRole('heading', { name: 'acme' }).waitFor();
  expect(await toConnect.count()).toBe(1);
}, 120_000);

it('to the history shows the runs that were added, on the page that one is on', async () => {
  const { simulator, service, integration, runs } = await startPages();
  const first = await syncToEnd(service, integration.id);
  const { page, complaints } = await enter(service, { person: { role: 'member' } });
  await page.goto(runs);
  const link = (run: { id: number }) =>
    page.getByRole('link', { name: `Run ${run.id}`, exact: true });
  await link(first).focus();
  await comeBackForNothing(page);

  const held = simulator.faults.on(MEMBER_PAGES).hold();
  const second = await requestSync(service, integration.id);
  await held.arrived;
  await comeBack(page);
  await link(second).waitFor();
  expect(await tab(page)).toEqual(['Syncing · History of acme · Rollcall', 'favicon-syncing']);
  held.release();
  await finished(service, second.id);
  await comeBack(page);
  expect(await tab(page)).toEqual(['History of acme · Rollcall', 'favicon']);
  expect(await page.locator(':focus').textContent()).toBe(`Run ${first.id}`);

  await page.goto(`${runs}?before=${second.id}`);
  await comeBackForNothing(page);
  await link(first).waitFor();
  expect(await link(second).count()).toBe(0);
  expect(complaints).toEqual([]);
}, 120_000);

it('to a run shows what somebody else decided, and keeps the place', async () => {
  const { service, runs, run } = await afterLeaving(15);
  const { page, complaints } = await enter(service, { viewport: { width: 600, height: 600 } });
  await page.goto(`${runs}/${run.id}`);
  const people = page.getByRole('list', { name: '15 people may have left' });
  await people.focus();
  const place = 'document.activeElement.scrollTop';
  await page.evaluate(`${place} = 30`);
  await comeBackForNothing(page);
  expect(await tab(page)).toEqual([
    `Needs a decision · Run ${run.id} of acme · Rollcall`,
    'favicon-held',
  ]);

  await service.app
    .get(HeldRemovals, { strict: false })
    .decide(run.id, 'reject', 'bob@example.com');
  await comeBack(page);
  await page.getByText('15 removals rejected by bob@example.com').waitFor();
  expect(await page.getByRole('button', { name: 'Approve' }).count()).toBe(0);
  expect(await tab(page)).toEqual([`Run ${run.id} of acme · Rollcall`, 'favicon']);
  expect(await page.evaluate(place)).toBe(30);
  expect(complaints).toEqual([]);
}, 120_000);
