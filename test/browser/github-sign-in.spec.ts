import { expect, it } from 'vitest';
import { startGithubWithApp } from '../support/github-apps.js';
import { enter } from '../support/visitor.js';
import { startWeb } from '../support/web.js';

it.each(['light', 'dark'] as const)(
  'connects a GitHub App from the button to the members, by way of another site, in the %s',
  async (colorScheme) => {
    // Another site than 127.0.0.1, as GitHub is: the session must come along when it sends people back.
    const github = await startGithubWithApp({ members: 12 });
    github.world.installApp(github.app, github.organization);
    const otherSite = github.simulator.url.replace('127.0.0.1', 'localhost');
    const service = await startWeb({ env: { ...github.env, GITHUB_API_URL: otherSite } });
    const { page, complaints } = await enter(service, { colorScheme });
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
  },
);
