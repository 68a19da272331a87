import type { Page } from 'playwright-core';
import { expect, it, onTestFinished } from 'vitest';
import { MEMBER_PAGES } from '../../src/simulator/faults.js';
import { launchBrowser } from '../support/browser.js';
import { type StartedProcess, startProcess } from '../support/process.js';
import { startGithub, testEnvironment } from '../support/service.js';
import { visit } from '../support/visitor.js';

const SIGN_IN = { email: 'admin@localhost', password: 'correct horse battery' };

const setups = [
  { setup: 'embedded, in one process', dialect: 'sqlite', bull: false, colorScheme: 'light' },
  {
    setup: 'on MariaDB and Redis, web and worker apart',
    dialect: 'mysql',
    bull: true,
    colorScheme: 'dark',
  },
] as const;

/** The address of a Rollcall in processes of its own. */
async function serve(
  { dialect, bull }: (typeof setups)[number],
  githubUrl: string,
): Promise<string> {
  const variables = await testEnvironment({ dialect, bull, env: { GITHUB_API_URL: githubUrl } });
  const env = variables as Record<string, string>;
  if (!bull) return start(['serve'], env).ready;
  await start(['worker'], { ...env, ROLE: 'worker' }).waitForLine(/worker is ready/);
  return start(['serve'], { ...env, ROLE: 'web' }).ready;
}

function start(args: string[], env: Record<string, string>): StartedProcess {
  const child = startProcess(args, env);
  onTestFinished(async () => {
    child.signal('SIGKILL');
    await child.exited;
  });
  return child;
}

const status = (page: Page) => page.locator('#member-sync-status');
/** What a screen reader says of the sync. */
const heard = (page: Page, hasText: string) => page.locator('.sr-only[role=status]', { hasText });
const rows = (page: Page) => page.locator('#directory tr.member');

it.each(setups)(
  'from the sign-in to the members, without a reload, $setup',
  async (setup) => {
    const { simulator, world, organization, token } = await startGithub({ members: 30 });
    const url = await serve(setup, simulator.url);
    const { page, complaints, requests } = await visit(await launchBrowser(), url, SIGN_IN, {
      colorScheme: setup.colorScheme,
    });

    let held = simulator.faults.on(MEMBER_PAGES).hold();
    await page.getByRole('link', { name: 'Connect an organization' }).click();
    await page.getByLabel('Token').fill(token);
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByRole('radio', { name: 'acme' }).check();
    await page.getByRole('button', { name: 'Connect', exact: true }).click();
    await page.getByText('Connected to acme. Members syncing in background.').waitFor();
    await status(page).getByText('Syncing').waitFor();
    await page.getByText('No members yet').waitFor();

    const survives = { marker: 'the same document' };
    await page.evaluate((marker) => Object.assign(globalThis, marker), survives);
    held.release();
    await status(page).getByText('Complete').waitFor();
    await status(page).getByText('30 members found').waitFor();
    await rows(page).nth(29).waitFor();

    const newcomer = world.addUser({ login: 'newcomer', name: 'Nora Newcomer' });
    organization.join(newcomer);
    held = simulator.faults.on(MEMBER_PAGES).hold();
    await page.getByRole('button', { name: 'Sync Now' }).dblclick();
    await status(page).locator('.loading-spinner').waitFor();
    await heard(page, 'Syncing').waitFor({ state: 'attached' });
    expect(await status(page).getAttribute('hx-trigger')).toBe('every 2s');
    await held.arrived;
    held.release();
    await status(page).getByText('Complete').waitFor();
    await status(page).getByText('1 joined').waitFor();
    await page.getByText('Nora Newcomer').waitFor();
    await heard(page, 'Complete 31 members').waitFor({ state: 'attached' });
    expect(await rows(page).count()).toBe(31);
    for (const polling of ['hx-get', 'hx-trigger', 'hx-swap'])
      expect(await status(page).getAttribute(polling)).toBeNull();

    expect(await page.evaluate('globalThis.marker')).toBe(survives.marker);
    const directories = requests.filter((request) => /^GET .*\/members$/.test(request));
    expect(directories.length, 'the page, and after each run').toBeGreaterThanOrEqual(3);
    expect(complaints).toEqual([]);
    await page.getByRole('link', { name: 'History' }).click();
    expect(await page.getByRole('link', { name: /^Run \d+$/ }).count()).toBe(2);
  },
  120_000,
);
