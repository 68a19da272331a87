import { expect, it } from 'vitest';
import { launchBrowser } from '../support/browser.js';
import { startGithubWithApps } from '../support/github-app.js';
import { visit } from '../support/visitor.js';
import { signedIn, startWeb } from '../support/web.js';

const person = { email: 'admin@default.example', password: 'correct horse battery' };

it('connects a GitHub App from the button to the members, by way of another site', async () => {
  // Another site than 127.0.0.1, as GitHub is: the session must come along when it sends people back.
  const { apps, organization, env } = await startGithubWithApps({ members: 12, host: 'localhost' });
  apps.install(organization);
  const service = await startWeb({ env });
  await signedIn(service);
  const { page, complaints } = await visit(await launchBrowser(), service.url, person);
  await page.goto('/onboarding');
  await page.getByRole('link', { name: 'Connect with GitHub' }).click();
  await page.getByRole('heading', { name: 'Choose the organization' }).waitFor();
  expect(page.url()).toBe(`${service.url}/onboarding/organizations`);
  await page.getByRole('radio', { name: 'acme' }).check();
  await page.getByRole('button', { name: 'Connect' }).click();
  await page.getByText('Connected to acme. Members syncing in background.').waitFor();
  await page.locator('#member-sync-status').getByText('12 members on GitHub').waitFor();
  await page.locator('#directory tr.member').nth(11).waitFor();
  expect(complaints).toEqual([]);
});
