import { expect, it } from 'vitest';
import { launchBrowser, picture } from '../support/browser.js';
import { connected } from './support/api.js';

it('shows the documentation, and tries a route out, with nothing from elsewhere', async () => {
  const { api, url } = await connected();
  const page = await (await launchBrowser()).newPage();
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('request', (request) => {
    const address = request.url();
    if (!address.startsWith(url) && !address.startsWith('data:')) complaints.push(address);
  });
  await page.goto(`${url}/docs`);
  await page.locator('.opblock').first().waitFor();
  expect(await page.locator('.opblock').count()).toBe(api.contract.operations.length);
  await page.locator('.btn.authorize').click();
  await page.locator('.auth-container input').fill(await api.tokenOf('default'));
  await page.locator('.auth-container button[type=submit]').click();
  await page.locator('.auth-container .btn-done').click();
  const operation = page.locator('#operations-Integrations-getIntegration');
  await operation.locator('.opblock-summary-control').click();
  await operation.locator('.try-out__btn').click();
  const answered = page.waitForResponse(/\/api\/v1\//);
  await operation.locator('.execute').click();
  const answer = await answered;
  const { pathname: path } = new URL(answer.url());
  const init = { status: answer.status(), headers: await answer.allHeaders() };
  const text = await answer.text();
  api.contract.check({ method: 'GET', path }, new Response(text, init), text);
  const live = operation.locator('.live-responses-table .response');
  await live.waitFor();
  await expect(live.locator('.response-col_status').textContent()).resolves.toContain('200');
  expect(await live.textContent()).toContain('acme');
  await picture(page, 'api/docs');
  expect(complaints).toEqual([]);
});
