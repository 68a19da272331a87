import { expect, it, onTestFinished } from 'vitest';
import { Session } from '../../src/accounts/sessions/session.entity.js';
import { startPages } from '../pages/support/pages.js';
import { fromMenu } from '../support/member-menu.js';
import { syncToEnd } from '../support/runs.js';
import { enter, type Visitor } from '../support/visitor.js';

async function atMembers(options: Parameters<typeof enter>[1] = {}) {
  const started = await startPages({ members: 12 });
  await syncToEnd(started.service, started.integration.id);
  const visitor = await enter(started.service, options);
  await visitor.page.goto(started.page);
  return { ...started, ...visitor, members: started.page };
}

const signInAgain = async ({ page }: Pick<Visitor, 'page'>) => {
  await page.getByText('Your session has ended. Sign in to continue.').waitFor();
  await page.getByLabel('Email').fill('admin@default.example');
  await page.getByLabel('Password').fill('correct horse battery');
  await page.getByRole('button', { name: 'Sign in' }).click();
};

it.each([
  { scripts: 'on', javaScriptEnabled: true },
  { scripts: 'off', javaScriptEnabled: false },
])(
  'a session that ends during a click leads back to the page, scripts $scripts',
  async ({ javaScriptEnabled }) => {
    const { page, service, members } = await atMembers({ javaScriptEnabled });
    await page.goto(`${members}?q=a`);
    await service.dataSource.manager.clear(Session);
    await fromMenu(page, 'Disable');
    await signInAgain({ page });
    await page.getByRole('heading', { name: 'acme' }).first().waitFor();
    expect(page.url()).toBe(`${service.url}${members}?q=a`);
  },
);

it('the keys: "/" searches, "?" shows the shortcuts', async () => {
  const { page } = await atMembers();
  await page.keyboard.press('/');
  expect(await page.evaluate('document.activeElement.id')).toBe('q');
  await page.keyboard.type('a?/');
  expect(await page.getByLabel('Search members').inputValue()).toBe('a?/');
  await page.getByRole('heading', { name: 'acme' }).first().click();
  await page.keyboard.press('?');
  await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
  await page.getByRole('button', { name: 'Keyboard shortcuts' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Close' }).click();
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
});

it('the header says where one is, in which team and as whom, also where it is narrow', async () => {
  const { page } = await atMembers({ viewport: { width: 320, height: 640 } });
  const current = page.getByRole('navigation', { name: 'Main' }).locator('[aria-current]');
  expect(await current.allTextContents()).toEqual(['Integrations']);
  const header = page.locator('header').first();
  expect(await header.getByText('admin@default.example').isVisible()).toBe(true);
  expect(await header.getByTitle('Your team').isVisible()).toBe(true);
  expect(await page.locator('footer').textContent()).toMatch(/Rollcall \d+\.\d+\.\d+/);
  await page.getByRole('link', { name: 'API documentation' }).click();
  await page.waitForURL(/docs/);
  const back = page.getByRole('link', { name: 'Back to Rollcall' });
  expect(await back.getAttribute('href')).toBe('/');
});

it('the notice of a change can be closed, and leaves by itself', async () => {
  const { page, members } = await atMembers();
  await page.clock.install();
  const undo = page.getByRole('button', { name: 'Undo' });
  await fromMenu(page, 'Disable');
  await undo.waitFor();
  await page.getByRole('button', { name: 'Close' }).click();
  await undo.waitFor({ state: 'detached' });
  // The list asks for itself again, and has active people only.
  await page.goto(`${members}?status=disabled`);
  await fromMenu(page, 'Enable');
  await undo.waitFor();
  await page.mouse.move(0, 0);
  await page.clock.fastForward(9_001);
  await undo.waitFor({ state: 'detached' });
});

it('"Replace the credential" names the organization and keeps to it', async () => {
  const { page, of, token, world, owner, service } = await atMembers();
  world.addOrganization({ login: 'another', members: 2 }).join(owner);
  await page.goto(`${of}/settings`);
  await page.getByRole('link', { name: 'Replace the credential' }).click();
  await page.getByRole('heading', { name: 'Replace the credential of acme' }).waitFor();
  await page.getByLabel('Token').fill(token);
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByRole('heading', { name: 'Choose the organization' }).waitFor();
  expect(await page.getByLabel('acme').isChecked()).toBe(true);
  const stranger = await enter(service, { person: { team: 'other' } });
  onTestFinished(() => stranger.page.close());
  for (const id of ['1', '0', 'acme', '99999999999999999999']) {
    const refused = await stranger.page.goto(`/onboarding?replace=${id}`);
    expect([id, refused?.status()]).toEqual([id, 404]);
  }
});
