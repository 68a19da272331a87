import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { Member } from '../../src/members/member.entity.js';
import { MEMBER_PAGES } from '../../src/simulator/faults.js';
import { startPages } from '../pages/support/pages.js';
import { beside, environmentBeside } from '../support/beside.js';
import { setDisabled } from '../support/disabling.js';
import { fromMenu, menuOf } from '../support/member-menu.js';
import { requestSync, syncToEnd } from '../support/runs.js';
import { type Service, ways } from '../support/service.js';
import { enter, type Visitor } from '../support/visitor.js';
import { startWeb } from '../support/web.js';

/** Opens a page, and waits until it follows. */
async function open({ page }: Visitor, path: string): Promise<Page> {
  const answered = page.waitForResponse(/\/events$/);
  await page.goto(path);
  expect((await answered).status()).toBe(200);
  return page;
}

/** A synced directory. */
async function started(way: (typeof ways)[number] = ways[0], members = 6) {
  const stage = await startPages({ members, ...way });
  await syncToEnd(stage.service, stage.integration.id);
  return stage;
}

const disable = async (service: Service, login: string) => {
  const member = await service.dataSource.manager.findOneByOrFail(Member, { login });
  await setDisabled(service, member, { disabled: true });
};

const GONE = { state: 'detached' } as const;

const row = (page: Page, login: string) => page.locator('tr.member', { hasText: login });

describe.each(ways)('an open page, $way', (way) => {
  it('shows who joined, left and is called otherwise, by the run of another process', async () => {
    const { service, integration, organization, world, page: members } = await started(way);
    const [leaver, renamed] = ['nora-leaves', 'nora-old'].map((login) => world.addUser({ login }));
    if (!leaver || !renamed) throw new Error('Nobody was added.');
    for (const person of [leaver, renamed]) organization.join(person);
    await syncToEnd(service, integration.id);
    const worker = await beside(service);
    const visitor = await enter(service);
    const page = await open(visitor, members);
    const search = page.getByRole('searchbox');
    await search.fill('nora');
    await page.waitForURL(/q=nora/);
    await row(page, 'olga-owner').waitFor(GONE);
    organization.join(world.addUser({ login: 'nora-joins' }));
    organization.leave(leaver);
    world.renameUser(renamed, 'nora-new');
    await syncToEnd(worker, integration.id);
    for (const login of ['nora-joins', 'nora-new']) await row(page, login).waitFor();
    for (const login of ['nora-leaves', 'nora-old']) await row(page, login).waitFor(GONE);
    expect(await search.inputValue()).toBe('nora');
    expect(page.url()).toContain('q=nora');
    expect(await search.evaluate('document.activeElement.id')).toBe('q');
    expect(visitor.complaints).toEqual([]);
  }, 60_000);

  it('of another web process shows what somebody did by hand, also in the history', async () => {
    const { service, page: members, runs, others } = await started(way);
    const other = await startWeb({ env: environmentBeside(service) });
    const directory = await open(await enter(other), members);
    const history = await open(await enter(service), runs);
    const [{ login } = { login: '' }] = others;
    await row(directory, login).waitFor();
    await disable(service, login);
    await row(directory, login).waitFor(GONE);
    await history.getByText(login).waitFor();
  }, 60_000);
});

it('moves nothing under somebody who chooses people or has a menu open', async () => {
  const { service, page: members, others } = await started();
  const visitor = await enter(service);
  const { page } = visitor;
  await page.addInitScript('document.addEventListener("members", () => console.log("told"))');
  const isTold = () => page.waitForEvent('console', (message) => message.text() === 'told');
  // A new page is told of what changed in the last minute.
  const first = isTold();
  await open(visitor, members);
  await first;
  const [one, two, three] = others.map(({ login }) => login).toSorted();
  const box = page.getByLabel(`Choose ${one}`);
  await box.check();
  await disable(service, two ?? '');
  const notice = page.getByText('The list has changed.');
  await notice.waitFor();
  expect(await row(page, two ?? '').count()).toBe(1);
  await page.getByRole('button', { name: 'Show it' }).click();
  await row(page, two ?? '').waitFor(GONE);
  expect(await box.isChecked()).toBe(true);
  await notice.waitFor({ state: 'hidden' });
  await box.uncheck();

  await menuOf(page, one).click();
  const told = isTold();
  await disable(service, three ?? '');
  await told;
  expect(await row(page, three ?? '').count()).toBe(1);
  await page.keyboard.press('Escape');
  await row(page, three ?? '').waitFor(GONE);
  expect(visitor.complaints).toEqual([]);
}, 60_000);

it('keeps what the reader has just done, with its undo', async () => {
  const { service, page: members } = await started();
  const page = await open(await enter(service), members);
  const told = page.waitForEvent('console', (message) => message.text() === 'told');
  await page.evaluate('document.addEventListener("members", () => console.log("told"))');
  await fromMenu(page, 'Disable');
  await told;
  await page.locator('tr.member', { hasText: 'Disabled by' }).waitFor();
  await page.getByRole('button', { name: 'Undo' }).waitFor();
}, 60_000);

it('shows that a run began and ended, in the directory, the history and the run', async () => {
  const { service, simulator, integration, page: members, runs } = await started();
  const [directory, history] = await Promise.all(
    [members, runs].map(async (path) => open(await enter(service), path)),
  );
  const held = simulator.faults.on(MEMBER_PAGES).hold();
  const { id } = await requestSync(service, integration.id);
  await held.arrived;
  await directory?.locator('.badge', { hasText: 'Syncing' }).waitFor();
  await history?.getByRole('link', { name: `Run ${id}`, exact: true }).waitFor();
  const run = await open(await enter(service), `${runs}/${id}`);
  held.release();
  await directory?.locator('.badge', { hasText: 'Syncing' }).waitFor(GONE);
  await history?.getByText('Running').waitFor(GONE);
  await run.getByRole('heading', { name: 'Complete' }).waitFor();
}, 60_000);

it('ends with its session, and what the reader does next leads to the sign-in', async () => {
  const { service, page: members } = await started();
  const page = await open(await enter(service), members);
  const refused = page.waitForResponse(/\/events$/);
  const headers = { Origin: service.url };
  await page.context().request.post(`${service.url}/sign-out`, { headers });
  expect((await refused).status()).toBe(401);
  expect(page.url()).toBe(service.url + members);
  await page.getByRole('button', { name: 'Sync Now' }).click();
  await page.waitForURL(/sign-in/);
}, 60_000);

it('asks every half minute where it has no stream', async () => {
  const { service, integration, organization, others, page: members } = await started();
  const visitor = await enter(service);
  const { page, requests } = visitor;
  await page.clock.install();
  await page.route(/\/events$/, (route) => route.fulfill({ status: 503, body: '' }));
  await page.goto(members);
  await page.waitForResponse(/\/events$/);
  const [leaver] = others;
  if (leaver) organization.leave(leaver);
  await syncToEnd(service, integration.id);
  const before = requests.length;
  await page.clock.runFor(31_000);
  await row(page, leaver?.login ?? '').waitFor(GONE);
  expect(requests.slice(before)).toContain(`GET ${members}`);
  expect(await page.locator('#notice').textContent()).toBe('');
}, 60_000);
