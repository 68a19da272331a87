import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { startPages } from '../pages/support/pages.js';
import { syncToEnd } from '../support/runs.js';
import { enter } from '../support/visitor.js';

const rows = (page: Page) => page.locator('#directory tr.member');

it.each(['light', 'dark'] as const)(
  'the address says what is shown: back, a reload and somebody else come to the same, in the %s',
  async (colorScheme) => {
    const { service, integration, world, organization, ...more } = await startPages({ members: 8 });
    for (const [login, twoFactor] of [
      ['qwz-a', true],
      ['qwz-b', false],
    ] as const)
      organization.join(world.addUser({ login, name: 'Zoë Quinn', twoFactor }));
    await syncToEnd(service, integration.id);
    const { page, complaints } = await enter(service, { colorScheme });
    await page.goto(more.page);
    const at = (query: string) => page.waitForURL(service.url + more.page + query);
    const shows = async (people: number, typed: string, twoFactor: string, on: Page = page) => {
      await expect.poll(() => rows(on).count(), { timeout: 15_000 }).toBe(people);
      expect(await on.getByRole('searchbox').inputValue()).toBe(typed);
      expect(await on.getByLabel('Two-factor authentication').inputValue()).toBe(twoFactor);
    };

    await page.getByRole('searchbox').pressSequentially('qwz');
    await at('?q=qwz');
    await shows(2, 'qwz', '');
    await page.getByLabel('Two-factor authentication').selectOption('off');
    await at('?q=qwz&twoFactor=off');
    await shows(1, 'qwz', 'off');
    await page.reload();
    await shows(1, 'qwz', 'off');
    const { page: other } = await enter(service, { person: { role: 'member' } });
    await other.goto(page.url());
    await shows(1, 'qwz', 'off', other);

    await page.getByRole('link', { name: 'History' }).click();
    await page.goBack();
    await shows(1, 'qwz', 'off');
    await page.goBack();
    await at('?q=qwz');
    await shows(2, 'qwz', '');
    await page.goBack();
    await at('');
    await shows(10, '', '');
    await page.goForward();
    await shows(2, 'qwz', '');
    expect(complaints).toEqual([]);
  },
  60_000,
);
