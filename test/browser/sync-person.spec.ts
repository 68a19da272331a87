import { expect, it } from 'vitest';
import { startPages } from '../pages/support/pages.js';
import { picture } from '../support/browser.js';
import { fromMenu } from '../support/member-menu.js';
import { syncToEnd } from '../support/runs.js';
import { enter } from '../support/visitor.js';

it('asks GitHub about one person from the menu of their row, and about a login that is not there', async () => {
  const {
    service,
    integration,
    page: members,
    organization,
    world,
  } = await startPages({
    members: 8,
  });
  await syncToEnd(service, integration.id);
  const { page } = await enter(service);
  await page.goto(members);
  const [person] = organization.members.filter(({ login }) => login !== 'olga-owner');
  if (!person) throw new Error('There is nobody.');
  organization.leave(person);
  await fromMenu(page, 'Sync this person', person.login);
  await page.locator('#member-sync-status').getByText('1 left').waitFor();
  await page
    .getByLabel(`Actions for ${person.login}`, { exact: true })
    .waitFor({ state: 'detached' });

  organization.join(world.addUser({ login: 'nora-new' }));
  await page.getByLabel('Search members').fill('nora-new');
  const ask = page.getByRole('button', { name: 'Ask GitHub about nora-new' });
  await ask.waitFor();
  await picture(page, 'sync-person-look-for');
  await ask.click();
  await page.getByLabel('Actions for nora-new', { exact: true }).waitFor();
  expect(await page.getByLabel('Search members').inputValue()).toBe('nora-new');
});
