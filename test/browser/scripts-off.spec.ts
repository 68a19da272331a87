import { expect, it } from 'vitest';
import { startPages } from '../pages/support/pages.js';
import { fromMenu, menuOf } from '../support/member-menu.js';
import { syncToEnd } from '../support/runs.js';
import { enter } from '../support/visitor.js';

it.each(['light', 'dark'] as const)(
  'without scripts everything but syncing works, in the %s',
  async (colorScheme) => {
    const { service, integration, world, organization, ...more } = await startPages({
      members: 60,
    });
    organization.join(world.addUser({ login: 'zz-zoe', name: 'Zoë Quinn', twoFactor: false }));
    const run = await syncToEnd(service, integration.id);
    const visitor = await enter(service, { javaScriptEnabled: false, colorScheme });
    const { page, complaints } = visitor;
    const rows = page.locator('#directory tr.member');

    await page.getByRole('link', { name: 'acme', exact: true }).click();
    // Roles and texts pass over what stands in a noscript.
    const search = page.locator('noscript button', { hasText: 'Search' });
    await page.locator('noscript p', { hasText: 'JavaScript is turned off' }).waitFor();
    expect(await page.getByRole('button', { name: 'Sync Now' }).count()).toBe(0);
    expect(await rows.count()).toBe(50);
    await page.getByRole('link', { name: 'Next page' }).click();
    expect(await rows.count()).toBe(11);
    await page.getByRole('link', { name: 'Previous page' }).click();
    await page.getByRole('link', { name: 'Login', exact: true }).click();
    expect(await rows.first().textContent()).toContain('zz-zoe');

    await page.getByRole('searchbox').fill('quinn');
    await search.click();
    expect(await rows.count()).toBe(1);
    await page.getByRole('link', { name: 'Show all' }).click();
    await page.getByLabel('Two-factor authentication').selectOption('off');
    await search.click();
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'Export as CSV' }).click(),
    ]);
    expect(file.suggestedFilename()).toBe('acme-members.csv');

    await menuOf(page, 'zz-zoe').click();
    expect(await page.getByRole('button', { name: 'Copy login' }).count()).toBe(0);
    await page.getByRole('button', { name: 'Disable zz-zoe' }).click();
    await page.getByRole('link', { name: 'Disabled 1' }).click();
    await page.getByText('Disabled by admin@default.example').waitFor();
    await fromMenu(page, 'Enable', 'zz-zoe');
    await page.getByRole('link', { name: 'Active 61' }).click();

    await page.getByLabel('As of').fill('2020-01-01');
    await search.click();
    await page.getByRole('alert').waitFor();
    await page.getByRole('link', { name: 'Back to current members' }).click();
    await page.getByRole('link', { name: 'History' }).click();
    await page.getByRole('link', { name: `Run ${run.id}` }).click();
    await page.getByRole('heading', { name: `Run ${run.id}` }).waitFor();
    await page.goto(more.page);
    expect(complaints.filter((complaint) => !complaint.includes('status of 422'))).toEqual([]);
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  },
  60_000,
);
