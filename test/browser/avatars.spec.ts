import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { GithubIntegration } from '../../src/integrations/connections/github-integration.entity.js';
import { Member } from '../../src/members/member.entity.js';
import { startPages } from '../pages/support/pages.js';
import { syncToEnd } from '../support/runs.js';
import { enter } from '../support/visitor.js';

const AVATARS = 'https://avatars.githubusercontent.com/';
const PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
  'base64',
);

it('an avatar that cannot be loaded shows nothing over the initials, without scripts', async () => {
  const { service, integration, ...more } = await startPages({ members: 1 });
  await syncToEnd(service, integration.id);
  const { manager } = service.dataSource;
  const show = (avatarUrl: string) => manager.updateAll(Member, { avatarUrl });
  await manager.updateAll(GithubIntegration, { apiUrl: 'https://api.github.com' });
  const { page } = await enter(service, { javaScriptEnabled: false });
  await page.route(`${AVATARS}**`, (route) =>
    route.request().url().includes('/u/1?')
      ? route.fulfill({ body: PIXEL, contentType: 'image/png' })
      : route.abort(),
  );

  await show('');
  const initials = await pictureOf(page, more.page);
  await show(`${AVATARS}u/2?v=4`);
  // Chromium sometimes draws an edge a little differently.
  await expect.poll(() => pictureOf(page, more.page), { timeout: 20_000 }).toEqual(initials);
  await show(`${AVATARS}u/1?v=4`);
  expect(await pictureOf(page, more.page)).not.toEqual(initials);
  expect(await page.locator('.avatar-picture').boundingBox()).toMatchObject({
    width: 36,
    height: 36,
  });
}, 60_000);

async function pictureOf(page: Page, address: string): Promise<Buffer> {
  await page.goto(address);
  const row = page.locator('#directory tr.member').first();
  return row.locator('span[aria-hidden]').first().screenshot();
}
