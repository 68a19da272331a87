import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { MEMBER_PAGES } from '../../src/simulator/faults.js';
import { startPages } from '../pages/support/pages.js';
import { finished, requestSync, syncToEnd } from '../support/runs.js';
import { Signal } from '../support/signal.js';
import { until } from '../support/until.js';
import { enter, type Visitor } from '../support/visitor.js';
import { asked, comeBack, hears, status, tab } from './support/progress.js';

const rows = (page: Page) => page.locator('#directory tr.member');

it('the tab and a screen reader follow the state, and are not told of every poll', async () => {
  const { simulator, service, integration, page: members, runs, world, token } = await startPages();
  const { page, complaints, requests } = await enter(service);
  await page.goto(members);
  expect(await tab(page)).toEqual(['Members of acme · Rollcall', 'favicon']);

  let held = simulator.faults.on(MEMBER_PAGES).hold();
  const { id } = await requestSync(service, integration.id);
  await held.arrived;
  await comeBack(page);
  await hears(page, 'Syncing');
  expect(await tab(page)).toEqual(['Syncing · Members of acme · Rollcall', 'favicon-syncing']);
  await page.evaluate(`{
    globalThis.said = [];
    const region = document.getElementById('sync-heard');
    new MutationObserver(() => said.push(region.textContent)).observe(region, { childList: true });
  }`);
  const before = asked(requests);
  await until(async () => asked(requests) >= before + 3);
  expect(await page.evaluate('said')).toEqual([]);
  const other = await page.context().newPage();
  for (const [path, title] of [
    ['/integrations', 'Integrations'],
    [runs, 'History of acme'],
  ] as const) {
    await other.goto(path);
    expect(await other.title()).toBe(`Syncing · ${title} · Rollcall`);
  }
  await other.close();
  held.release();
  await hears(page, /Complete\s+3 members on GitHub/);
  expect(await tab(page)).toEqual(['Members of acme · Rollcall', 'favicon']);
  await page.goto(`${runs}/${id}`);
  expect(await tab(page)).toEqual([`Run ${id} of acme · Rollcall`, 'favicon']);
  await page.goto(members);

  held = simulator.faults.on(MEMBER_PAGES).hold();
  await page.getByRole('button', { name: 'Sync Now' }).click();
  await held.arrived;
  await hears(page, 'Syncing');
  world.revokeToken(token);
  held.release();
  await until(async () => (await page.title()).startsWith('Error'));
  await hears(page, 'GitHub rejected the token');
  expect(await tab(page)).toEqual(['Error · Members of acme · Rollcall', 'favicon-error']);
  await page.reload();
  expect(await tab(page)).toEqual(['Error · Members of acme · Rollcall', 'favicon-error']);
  await page.goto(`${runs}/${id + 1}`);
  expect(await tab(page)).toEqual([`Error · Run ${id + 1} of acme · Rollcall`, 'favicon-error']);
  expect(complaints).toEqual([]);
}, 120_000);

it('a wait is counted down every second, between the polls as well', async () => {
  const { simulator, service, integration, page: members } = await startPages();
  const { page } = await enter(service);
  await page.goto(members);
  simulator.faults.on(MEMBER_PAGES).secondaryLimit(1_800);
  const { id } = await requestSync(service, integration.id);
  await comeBack(page);
  await hears(page, "Waiting for GitHub's rate limit until");
  expect(await page.title()).toBe('Waiting · Members of acme · Rollcall');
  // The next one begins only once the last one is over, and then nothing but the page itself counts.
  const unanswered = new Signal();
  await page.route('**/progress**', unanswered.give);
  await unanswered.given;
  const left = (): Promise<[number, string]> =>
    page.evaluate(`(({ dataset, textContent }) => [Number(dataset.secondsLeft), textContent])(
      document.querySelector('[data-seconds-left]'))`);
  const [first] = await left();
  const [seconds, words] = await until(async () => {
    const now = await left();
    return now[0] <= first - 3 && now;
  });
  expect(words).toBe(`${Math.floor(seconds / 60)} min ${seconds % 60} s`);

  const still = await enter(service, { javaScriptEnabled: false, person: { role: 'member' } });
  await still.page.goto(members);
  await status(still.page)
    .getByText(/continues in 2\d min \d+ s/)
    .waitFor();
  await page.unrouteAll();
  await page.reload();
  await page.getByRole('button', { name: 'Cancel' }).click();
  await hears(page, 'Cancelled by admin@default.example.');
  await finished(service, id);
}, 120_000);

it('an idle tab asks when a run begins or ends, and when one comes back to it', async () => {
  const {
    simulator,
    service,
    integration,
    organization,
    world,
    page: members,
  } = await startPages();
  await syncToEnd(service, integration.id);
  const { page, requests, complaints } = await enter(service);
  await page.goto(members);
  await Promise.all([page.waitForResponse(/\/sync\/progress/), comeBack(page)]);

  organization.join(world.addUser({ name: 'Nora Newcomer' }));
  expect(asked(requests)).toBe(1);
  await syncToEnd(service, integration.id);
  await status(page).getByText('1 joined').waitFor();
  await page.getByText('Nora Newcomer').waitFor();
  const before = asked(requests);
  await Promise.all([page.waitForResponse(/\/sync\/progress/), comeBack(page)]);
  expect(asked(requests)).toBe(before + 1);

  const held = simulator.faults.on(MEMBER_PAGES).hold();
  const { id } = await requestSync(service, integration.id);
  await held.arrived;
  await comeBack(page);
  await until(async () => asked(requests) >= before + 4);
  held.release();
  await finished(service, id);
  await status(page).getByText('Complete').waitFor();
  expect(complaints).toEqual([]);
}, 120_000);

it('two admins see the same while it syncs, and either may cancel', async () => {
  const { simulator, service, page: members, runs } = await startPages({ members: 250 });
  const [ada, bob] = await Promise.all([
    enter(service, { person: { email: 'ada@example.com' } }),
    enter(service, { person: { email: 'bob@example.com' } }),
  ]);
  await ada.page.goto(members);
  const held = simulator.faults.on(MEMBER_PAGES, { after: 1 }).hold();
  await ada.page.getByRole('button', { name: 'Sync Now' }).click();
  await held.arrived;
  await bob.page.goto(`${runs}/1`);
  const numbers = ({ page }: Visitor) => status(page).locator('.tabular-nums').textContent();
  await until(async () => {
    const [hers, his] = [await numbers(ada), await numbers(bob)];
    return hers === his && /[1-9]\d* requests? to GitHub/.test(his ?? '');
  });
  await bob.page.getByRole('button', { name: 'Cancel' }).click();
  await bob.page.getByText('Cancelled by bob@example.com.', { exact: true }).waitFor();
  await hears(ada.page, 'Cancelled by bob@example.com.');
  held.release();
  expect(ada.complaints.concat(bob.complaints)).toEqual([]);
}, 120_000);

it('the page of a run fills itself when the run ends', async () => {
  const { simulator, service, integration, runs } = await startPages();
  const held = simulator.faults.on(MEMBER_PAGES).hold();
  const { id } = await requestSync(service, integration.id);
  await held.arrived;
  const { page, complaints } = await enter(service, { person: { role: 'member' } });
  await page.goto(`${runs}/${id}`);
  await status(page).getByText('Syncing').waitFor();
  expect(await page.title()).toMatch(/^Syncing/);
  held.release();
  await page.getByRole('heading', { name: 'Joined 3' }).waitFor();
  expect(await status(page).count()).toBe(0);
  await page.getByRole('link', { name: '3 members found' }).click();
  await page.getByRole('heading', { name: `Joined in run ${id}` }).waitFor();
  expect(await rows(page).count()).toBe(0);
  expect(complaints).toEqual([]);
}, 120_000);
