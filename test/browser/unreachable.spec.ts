import { expect, it } from 'vitest';
import { startPages } from '../pages/support/pages.js';
import { picture } from '../support/browser.js';
import { syncToEnd } from '../support/runs.js';
import { enter } from '../support/visitor.js';

it('a page says so itself where nothing answers, once, and until something does', async () => {
  const { service, integration, page: members } = await startPages();
  await syncToEnd(service, integration.id);
  const { page } = await enter(service);
  await page.goto(members);
  const search = page.getByLabel('Search members');
  const alert = page.getByRole('alert').getByText('Can’t reach Rollcall.');
  await page.context().setOffline(true);
  for (const text of ['a', 'b']) {
    const failed = page.waitForEvent('requestfailed');
    await search.fill(text);
    await failed;
    await alert.waitFor();
  }
  expect(await alert.count()).toBe(1);
  await picture(page, 'pages/members-unreachable');
  await page.context().setOffline(false);
  await search.fill('');
  await alert.waitFor({ state: 'detached' });
});
