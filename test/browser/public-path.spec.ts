import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { MEMBER_PAGES } from '../../src/simulator/faults.js';
import { launchBrowser } from '../support/browser.js';
import { startGithubWithOauthApp } from '../support/github-apps.js';
import { startReverseProxy } from '../support/servers/reverse-proxy.js';
import { openWindow } from '../support/visitor.js';
import { somebody, startWeb } from '../support/web.js';

const PATH = '/rollcall';

async function start() {
  const proxy = await startReverseProxy({ path: PATH, strips: true });
  const base = `${proxy.origin}${PATH}`;
  const github = await startGithubWithOauthApp({ callback: `${base}/onboarding/github/callback` });
  const service = await startWeb({ env: { ...github.env, PUBLIC_URL: base } });
  proxy.target = service.url;
  const visitor = await openWindow(await launchBrowser(), proxy.origin);
  return { ...github, ...visitor, proxy, base, signIn: await somebody(service) };
}

type Started = Awaited<ReturnType<typeof start>>;

async function enter({ page, base, signIn }: Started) {
  await page.goto(PATH);
  await page.getByLabel('Email').fill(signIn.email);
  await page.getByLabel('Password').fill(signIn.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('heading', { name: 'Overview' }).waitFor();
  expect(page.url()).toBe(`${base}/`);
  await page.goto(`${PATH}/integrations`);
}

const status = (page: Page) => page.locator('#member-sync-status');

async function connect({ page, base }: Started) {
  await page.getByRole('link', { name: 'Connect an organization' }).click();
  await page.getByRole('link', { name: 'Connect with GitHub' }).click();
  await page.getByRole('heading', { name: 'Choose the organization' }).waitFor();
  expect(page.url()).toBe(`${base}/onboarding/organizations`);
  await page.getByRole('radio', { name: 'acme' }).check();
  await page.getByRole('button', { name: 'Connect', exact: true }).click();
  await status(page).getByText('3 members found').waitFor();
}

async function sync({ page, simulator }: Started) {
  const held = simulator.faults.on(MEMBER_PAGES).hold();
  await page.getByRole('button', { name: 'Sync Now' }).click();
  await held.arrived;
  const poll = page.waitForResponse(/members\/sync\/progress/);
  expect(new URL((await poll).url()).pathname).toMatch(/^\/rollcall\/integrations\//);
  held.release();
  await status(page).getByText('Complete').waitFor();
}

async function readDocs({ page, base }: Started) {
  await page.goto(`${PATH}/docs`);
  await page.locator('#operations-Health-getLiveness').click();
  await page.getByRole('button', { name: 'Try it out' }).click();
  const answered = page.waitForResponse(/health\/live/);
  await page.getByRole('button', { name: 'Execute' }).click();
  expect([(await answered).url(), (await answered).status()]).toEqual([`${base}/health/live`, 200]);
}

/** Another application on the same host gets no cookie of Rollcall. */
async function visitOthers({ page, proxy }: Started) {
  expect(proxy.strays).toEqual([]);
  const cookies = await page.context().cookies();
  expect(cookies.map(({ name, path }) => [name, path])).toContainEqual(['rollcall_session', PATH]);
  const others = ['/other', `${PATH}y`, '/'];
  for (const other of others) await page.goto(other);
  expect(proxy.strays.filter((stray) => !stray.startsWith('/favicon.ico'))).toEqual(others);
  expect(proxy.strays.join()).not.toContain('rollcall_');
}

it('Rollcall works in a browser under the path of PUBLIC_URL', async () => {
  const started = await start();
  const { page, base, complaints } = started;
  await enter(started);
  await connect(started);
  await sync(started);
  await readDocs(started);
  expect(complaints).toEqual([]);
  await visitOthers(started);
  await page.goto(`${PATH}/integrations`);
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByLabel('Email').waitFor();
  expect(page.url()).toBe(`${base}/sign-in`);
}, 120_000);
