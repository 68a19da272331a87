import type { BrowserContextOptions, Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { Credential } from '../../src/integrations/credential.entity.js';
import { GithubIntegration } from '../../src/integrations/github-integration.entity.js';
import { IntegrationDisconnection } from '../../src/integrations/integration-disconnection.service.js';
import { IntegrationSchedules } from '../../src/integrations/schedules/integration-schedules.service.js';
import { MEMBER_PAGES } from '../../src/simulator/faults.js';
import { afterLeaving, startPages } from '../pages/support/pages.js';
import { launchBrowser, screenshot } from '../support/browser.js';
import { connect, finished, requestSync, syncToEnd } from '../support/runs.js';
import { visit } from '../support/visitor.js';

const LOOKS: Record<string, BrowserContextOptions> = {
  light: { viewport: { width: 1280, height: 800 } },
  dark: { viewport: { width: 1280, height: 800 }, colorScheme: 'dark' },
  narrow: { viewport: { width: 320, height: 640 } },
};

const SIGN_IN = { email: 'admin@default.example', password: 'correct horse battery' };
const DAY = 86_400_000;

type Open = (page: Page) => Promise<unknown>;

/** Keeps a picture of each page in each look, and expects that nothing is wider than the screen. */
async function look(url: string, pages: Record<string, Open>): Promise<void> {
  const browser = await launchBrowser();
  for (const [name, options] of Object.entries(LOOKS)) {
    const { page } = await visit(browser, url, SIGN_IN, options);
    for (const [title, open] of Object.entries(pages)) {
      await open(page);
      await screenshot(page, `pages/${title}-${name}`);
      const wide = await page.evaluate('document.documentElement.scrollWidth - innerWidth');
      expect(wide, `${title}, ${name}`).toBeLessThanOrEqual(0);
    }
  }
}

it('looks at one organization, its settings, and the way to disconnect it', async () => {
  const { service, integration, of } = await startPages({ members: 12 });
  await syncToEnd(service, integration.id);
  const settings = `${of}/settings`;
  const disconnect = `${of}/disconnect`;
  await look(service.url, {
    'integrations-one': (page) => page.goto('/integrations'),
    'settings-off': (page) => page.goto(settings),
    'settings-weekly': async (page) => {
      await page.goto(settings);
      await page.getByLabel('Every week').check();
      await page.getByLabel('Time zone').fill('Europe/Berlin');
    },
    'settings-wrong': async (page) => {
      await page.goto(settings);
      await page.getByLabel('Every day').check();
      await page.getByLabel('Time zone').fill('Mars/Olympus');
      await page.getByLabel('Days').fill('0');
      await page.getByRole('button', { name: 'Save the settings' }).click();
      await page.getByText('Nothing is saved yet').waitFor();
    },
    disconnect: (page) => page.goto(disconnect),
    'disconnect-wrong': async (page) => {
      await page.goto(disconnect);
      await page.getByLabel('Delete them.').check();
      await page.getByLabel('Type acme to confirm').fill('acne');
      await page.getByRole('button', { name: 'Disconnect' }).click();
      await page.getByText('That is not its name').waitFor();
    },
  });
  await service.app
    .get(IntegrationDisconnection, { strict: false })
    .disconnect(integration, { keepDirectory: true });
  await look(service.url, {
    'integrations-one-disconnected': (page) => page.goto('/integrations'),
    'members-disconnected': (page) => page.goto(`${of}/members`),
    'settings-disconnected': (page) => page.goto(settings),
    'disconnect-kept': (page) => page.goto(disconnect),
  });
}, 300_000);

it('looks at thirty organizations in every state', async () => {
  const { service, world, owner, token, simulator } = await afterLeaving(8);
  const get = <T>(type: new (...args: never[]) => T) => service.app.get(type, { strict: false });
  const connected = [];
  for (let i = 1; i < 30; i++) {
    const login = i === 7 ? 'a-name-that-is-as-long-as-github-allows' : `organization-${i}`;
    world.addOrganization({ login, members: (i * 7) % 40 }).join(owner);
    const own = `ghp_${i}`;
    world.addToken({ token: own, user: owner });
    connected.push(await connect(service, i < 5 ? own : token, { organization: login }));
  }
  const [one, two, three, four, five, six] = connected as [
    GithubIntegration,
    GithubIntegration,
    GithubIntegration,
    GithubIntegration,
    GithubIntegration,
    GithubIntegration,
  ];
  for (const { id } of connected.slice(0, 20)) await syncToEnd(service, id);
  const { manager } = service.dataSource;
  const ends = (days: number) => ({ expiresAt: new Date(Date.now() + days * DAY + 60_000) });
  await manager.update(Credential, one.credentialId, ends(12));
  await manager.update(Credential, two.credentialId, ends(-2));
  await manager.update(Credential, three.credentialId, ends(200));
  world.revokeToken('ghp_4');
  await syncToEnd(service, four.id);
  await get(IntegrationDisconnection).disconnect(five, { keepDirectory: true });
  const weekly = { kind: 'weekly', weekday: 5, time: '22:15', zone: 'Europe/Berlin' } as const;
  await get(IntegrationSchedules).set(three, weekly);
  await get(IntegrationSchedules).set(four, { ...weekly, kind: 'hourly' });
  const held = simulator.faults.on(MEMBER_PAGES).hold();
  const run = await requestSync(service, six.id);
  await held.arrived;
  await look(service.url, { 'integrations-thirty': (page) => page.goto('/integrations') });
  held.release();
  await finished(service, run.id);
}, 300_000);

it('syncs from a card, shows it without a reload, and leaves the rest alone', async () => {
  const { service, simulator } = await startPages({ members: 12 });
  const browser = await launchBrowser();
  const { page, complaints, requests } = await visit(browser, service.url, SIGN_IN, LOOKS.light);
  await page.goto('/integrations');
  const card = page.getByRole('listitem').filter({ hasText: 'acme' });
  await card.getByText('Pending').waitFor();
  const held = simulator.faults.on(MEMBER_PAGES).hold();
  await card.getByRole('button', { name: 'Sync acme now' }).click();
  await held.arrived;
  await card.getByText('Syncing').waitFor();
  expect(await card.getByRole('button', { name: 'Sync acme now' }).isDisabled()).toBe(true);
  await card.getByRole('link', { name: 'Settings of acme' }).focus();
  held.release();
  await card.getByText('Complete').waitFor();
  await card.getByText('12 active members').waitFor();
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
  const browser = await launchBrowser();
  const options = { ...LOOKS.light, javaScriptEnabled: false };
  const { page } = await visit(browser, service.url, SIGN_IN, options);
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
  await page.getByRole('button', { name: 'Save the settings' }).click();
  await page.getByText('The settings are saved.').waitFor();
  await page.getByRole('link', { name: 'Disconnect acme…' }).click();
  await page.getByLabel('Type acme to confirm').fill('acme');
  await page.getByRole('button', { name: 'Disconnect' }).click();
  await page.getByText('acme is disconnected. Its directory is kept.').waitFor();
});
