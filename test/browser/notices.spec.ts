import { expect, it } from 'vitest';
import { Member } from '../../src/members/member.entity.js';
import { MEMBER_PAGES } from '../../src/simulator/faults.js';
import { startPages } from '../pages/support/pages.js';
import { fromMenu } from '../support/member-menu.js';
import { requestSync, syncToEnd } from '../support/runs.js';
import { until } from '../support/until.js';
import { enter } from '../support/visitor.js';
import { asked, comeBack } from './support/progress.js';

it('what went wrong with what somebody asked for stays while the page polls, until they succeed with something', async () => {
  const { simulator, service, integration, others, page: members } = await startPages();
  await syncToEnd(service, integration.id);
  const { manager } = service.dataSource;
  const [gone, other] = others;
  const { page, requests } = await enter(service);
  // The list must not follow.
  await page.route(/\/events$/, (route) => route.fulfill({ status: 503 }));
  await page.goto(members);
  await manager.delete(Member, { githubId: gone?.id });
  const held = simulator.faults.on(MEMBER_PAGES).hold();
  await requestSync(service, integration.id);
  await held.arrived;
  await fromMenu(page, 'Disable', gone?.login);
  const notice = page.locator('#notice').getByText('Your team does not have this member.');
  await notice.waitFor();
  await comeBack(page);
  const before = asked(requests);
  await until(async () => asked(requests) >= before + 3);
  expect(await notice.count()).toBe(1);

  await fromMenu(page, 'Disable', other?.login);
  await notice.waitFor({ state: 'detached' });
  held.release();
}, 60_000);
