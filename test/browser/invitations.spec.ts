import { expect, it } from 'vitest';
import { startPages } from '../pages/support/pages.js';
import { look } from '../support/looks.js';
import { syncToEnd } from '../support/runs.js';
import { enter } from '../support/visitor.js';

it('the invitations to an organization are shown, follow, and work without scripts', async () => {
  const { service, integration, organization, world, simulator, of, others } = await startPages();
  const path = `${of}/invitations`;
  const visitor = await enter(service);
  const { page, complaints } = visitor;
  await look(visitor, { 'invitations-unread': path });
  await syncToEnd(service, integration.id);
  await page.getByText('No pending invitations.').waitFor();
  await page.evaluate('globalThis.isSamePage = true');

  const teams = ['Platform', '<b>Security</b> and a name that is rather long'].map((name) =>
    organization.teams.create(name),
  );
  const [former] = others;
  if (!former) throw new Error('The organization is too small.');
  organization.leave(former);
  const createdAt = new Date(Date.now() - 3 * 86_400_000);
  organization.invite(former, { role: 'admin', teams, createdAt });
  organization.invite(world.addUser({ login: 'newcomer' }), { createdAt });
  const long = organization.invite(
    'somebody.with-a-very-long-address-indeed@subsidiary.northwind.example',
    { role: 'billing_manager', createdAt },
  );
  await syncToEnd(service, integration.id);
  await page.getByRole('link', { name: 'Pending 3' }).waitFor();
  expect(await page.locator('li.invitation').count()).toBe(3);
  await look(visitor, { 'invitations-pending': path });
  organization.invitations.fail(long);
  await syncToEnd(service, integration.id);
  await page.getByRole('link', { name: 'Failed 1' }).click();
  await page.getByText('User did not accept this invite').waitFor();
  simulator.faults.on(/(failed_)?invitations\?/, { times: 2 }).status(403);
  await syncToEnd(service, integration.id);
  await page.getByRole('note').getByText('Not visible to the credential.').waitFor();
  await look(visitor, { 'invitations-failed': `${path}?state=failed` });
  expect(complaints).toEqual([]);

  for (let n = 0; n < 55; n++) organization.invite(`n${n}@example.com`);
  await syncToEnd(service, integration.id);
  const without = (await enter(service, { javaScriptEnabled: false })).page;
  await without.goto(path);
  expect(await without.locator('li.invitation').count()).toBe(50);
  await without.getByRole('link', { name: 'Next page' }).click();
  expect(await without.locator('li.invitation').count()).toBe(7);
  const [file] = await Promise.all([
    without.waitForEvent('download'),
    without.getByRole('link', { name: 'Export as CSV' }).click(),
  ]);
  expect(file.suggestedFilename()).toBe('acme-invitations-pending.csv');
  expect(await without.getByRole('link', { name: former.login }).count()).toBe(0);
}, 90_000);
