import { expect, it } from 'vitest';
import { enter } from '../support/visitor.js';
import { startWeb } from '../support/web.js';

const VALUE = /^rc_[\w-]{43}$/;

it('an API token is made, copied and revoked with the keyboard alone', async () => {
  const service = await startWeb();
  const { page, complaints } = await enter(service);
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.goto('/api-tokens');
  await page.getByLabel('Name').focus();
  await page.keyboard.type('nightly export');
  await page.keyboard.press('Enter');
  const value = page.getByLabel('The new token');
  await value.waitFor();
  expect(await page.evaluate('document.activeElement.value')).toMatch(VALUE);
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Copied' }).waitFor();
  const copied = await page.evaluate('navigator.clipboard.readText()');
  expect(copied).toMatch(VALUE);
  expect(copied).toBe(await value.inputValue());
  const headers = { Authorization: `Bearer ${copied}` };
  expect((await fetch(`${service.url}/api/v1/integrations`, { headers })).status).toBe(200);

  await page.getByRole('link', { name: 'Revoke nightly export' }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Revoke token' }).focus();
  await page.keyboard.press('Enter');
  await page.getByText('The token nightly export is revoked.').waitFor();
  const refused = await fetch(`${service.url}/api/v1/integrations`, { headers });
  expect(await refused.json()).toMatchObject({ status: 401, code: 'token_revoked' });
  await page.reload();
  expect(await page.getByText('is revoked').count()).toBe(0);
  expect(complaints).toEqual([]);
});

it('an API token is made and selected without scripts', async () => {
  const { page } = await enter(await startWeb(), { javaScriptEnabled: false });
  await page.goto('/api-tokens');
  await page.getByLabel('Name').fill('nightly export');
  await page.getByLabel('Permissions').selectOption('full');
  await page.getByLabel('Expires').selectOption('never');
  await page.getByRole('button', { name: 'Create token' }).click();
  expect(await page.getByLabel('The new token').inputValue()).toMatch(VALUE);
  expect(await page.getByRole('button', { name: 'Copy' }).count()).toBe(0);
  expect(await page.getByRole('listitem').textContent()).toMatch(/Full.*Expires\s+never/s);
});
