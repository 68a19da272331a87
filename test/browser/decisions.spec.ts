import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { Member } from '../../src/members/member.entity.js';
import { MEMBER_PAGES } from '../../src/simulator/faults.js';
import { afterLeaving, startPages } from '../pages/support/pages.js';
import { look } from '../support/looks.js';
import { fromMenu, offers } from '../support/member-menu.js';
import { syncToEnd } from '../support/runs.js';
import { enter } from '../support/visitor.js';

const status = (page: Page) => page.locator('#member-sync-status');
const rows = (page: Page) => page.locator('#directory tr.member');

it('removals from teams are approved with those of people', async () => {
  const { service, integration, organization, runs, others } = await startPages({ members: 20 });
  const { teams } = organization;
  const [core, web] = [teams.create('Core'), teams.create('Web')];
  for (const team of [core, web]) for (const user of others) teams.add(team, user);
  await syncToEnd(service, integration.id);
  for (const user of others.slice(0, 8)) organization.leave(user);
  for (const user of others.slice(8)) teams.remove(core, user);
  teams.delete(web);
  const run = await syncToEnd(service, integration.id);
  const visitor = await enter(service);
  const { page } = visitor;
  const address = `${runs}/${run.id}`;
  await look(visitor, { 'run-held-teams': address });
  await page.goto(address);
  await page.getByRole('heading', { name: '8 people may have left' }).waitFor();
  const ofTeams = page.getByRole('heading', {
    name: '1 GitHub team and 30 memberships may be gone',
  });
  await ofTeams.waitFor();
  await page.getByLabel(`Choose ${others[0]?.login}`).check();
  await page.getByRole('button', { name: 'Approve the chosen ones' }).click();
  await page.getByRole('heading', { name: '7 people may have left' }).waitFor();
  await ofTeams.waitFor();
  await page.getByRole('button', { name: 'Approve', exact: true }).click();
  await page.getByText('19 removals approved by admin@default.example').waitFor();
  await look(visitor, { 'run-decided-teams': address });
}, 120_000);

it.each(['light', 'dark'] as const)(
  'removals are approved, a member is disabled, and a sync is cancelled, in the %s',
  async (colorScheme) => {
    const { simulator, service, page: members, leavers } = await afterLeaving(12);
    const { page, complaints } = await enter(service, { colorScheme });
    await page.goto(members);
    await status(page).getByText('12 people may have left.').waitFor();
    expect(await rows(page).count()).toBe(20);
    await status(page).getByRole('button', { name: 'Approve' }).waitFor();
    await page.getByRole('link', { name: 'See who' }).click();
    for (const { login } of leavers) await page.locator('li.held', { hasText: login }).waitFor();
    await page.getByRole('button', { name: 'Approve' }).click();
    await page.getByText('12 removals approved by admin@default.example').waitFor();
    await page.goto(`${members}?status=left`);
    expect(await rows(page).count()).toBe(12);
    for (const { login } of leavers)
      await rows(page).getByText(login, { exact: true }).last().waitFor();

    await page.goto(members);
    const { login } = await service.dataSource.manager.findOneByOrFail(Member, {
      status: 'active',
    });
    await fromMenu(page, 'Disable', login);
    await offers(page, 'Enable', login);
    await page.locator('tr.member', { hasText: 'Disabled by admin@default.example' }).waitFor();
    await page.getByRole('link', { name: 'disabled 1' }).waitFor();
    expect(await rows(page).count()).toBe(8);

    const held = simulator.faults.on(MEMBER_PAGES).hold();
    await page.getByRole('button', { name: 'Sync Now' }).click();
    await held.arrived;
    await status(page).getByRole('button', { name: 'Cancel' }).click();
    await status(page).getByText('Cancelled by admin@default.example.').waitFor();
    expect(await status(page).getAttribute('hx-trigger')).toBeNull();
    held.release();
    expect(complaints).toEqual([]);
  },
  120_000,
);
