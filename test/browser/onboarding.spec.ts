import { expect, it } from 'vitest';
import { smallDemo } from '../support/demo.js';
import { look } from '../support/looks.js';
import { startGithub } from '../support/service.js';
import { enter } from '../support/visitor.js';
import { startWeb } from '../support/web.js';

it('leads a newcomer to the demo organization with one click', async () => {
  const service = await startWeb({ startDemo: smallDemo().startDemo });
  const visitor = await enter(service);
  const { page, complaints } = visitor;
  await look(visitor, { 'onboarding-demo-offer': '/onboarding' });
  await page.getByRole('button', { name: 'Add a demo organization' }).click();
  await page.getByText('Connected to northwind-labs. Members syncing in background.').waitFor();
  await page.locator('#directory tr.member').nth(49).waitFor();
  await look(visitor, { 'members-demo': page.url() });
  expect(complaints).toEqual([]);
}, 120_000);

it.each([true, false])(
  'loses nothing but the token on the way back and forth, scripts %s',
  async (javaScriptEnabled) => {
    const { simulator, world, owner, token } = await startGithub();
    world.addOrganization({ login: 'beta' }).join(owner);
    world.addOrganization({ login: 'elsewhere', members: 2 });
    const service = await startWeb({ env: { GITHUB_API_URL: simulator.url } });
    const { page } = await enter(service, { javaScriptEnabled });
    const check = async (typed: string) => {
      await page.getByLabel('Token').fill(typed);
      await page.getByRole('button', { name: 'Continue' }).click();
    };
    await page.goto('/onboarding');
    await page.getByText('GitHub Enterprise Server?').click();
    await page.getByLabel('API address').fill(simulator.url);
    await check('ghp_wrong');
    await page.getByRole('alert').waitFor();
    await page.goto('/onboarding/token');
    expect(await page.getByLabel('API address').inputValue()).toBe(simulator.url);
    await check(token);
    await page.getByText('GitHub accepted the token of olga-owner').waitFor();

    await page.getByLabel('Or enter its name').fill('elsewhere');
    await page.getByRole('button', { name: 'Connect by name' }).click();
    await page.getByLabel('Public members only.').check();
    simulator.faults.on(/^GET \/orgs\/elsewhere$/, { times: Number.POSITIVE_INFINITY }).status(503);
    await page.getByRole('button', { name: 'Connect by name' }).click();
    await page.getByRole('alert').getByText('GitHub answered with 503.').waitFor();
    await page.goto('/onboarding');
    expect(await page.getByLabel('Token').inputValue()).toBe('');
    await page.getByRole('link', { name: 'Continue' }).click();
    expect(await page.getByLabel('Or enter its name').inputValue()).toBe('elsewhere');
    expect(await page.getByLabel('Public members only.').isChecked()).toBe(true);
    simulator.faults.clear();
    await page.getByRole('button', { name: 'Connect by name' }).click();
    await page.getByText('Connected to elsewhere.').waitFor();
  },
  60_000,
);
