import { it } from 'vitest';
import { MemberSyncRun } from '../../../src/integrations/runs/member-sync-run.entity.js';
import { MemberChange } from '../../../src/members/changes/member-change.entity.js';
import { Member } from '../../../src/members/member.entity.js';
import { MEMBER_PAGES } from '../../../src/simulator/faults.js';
import { afterLeaving } from '../../pages/support/pages.js';
import { look } from '../../support/looks.js';
import { fromMenu, menuOf } from '../../support/member-menu.js';
import { requestSync } from '../../support/runs.js';
import { until } from '../../support/until.js';
import { enter } from '../../support/visitor.js';

/** So long ago that a past day has somebody in it. */
const PAST = new Date('2026-03-01T12:00:00Z');

const STAY_AT_END = `{
  const toEnd = () => scrollTo(0, document.body.scrollHeight);
  addEventListener('resize', toEnd);
  toEnd();
}`;

it('what an admin decides, and what was', async () => {
  const {
    simulator,
    service,
    integration,
    admin,
    page: members,
    runs,
    run,
    leavers,
  } = await afterLeaving(12);
  const { manager } = service.dataSource;
  await manager.update(MemberChange, { kind: 'joined' }, { madeAt: PAST });
  const someone = await manager.findOneByOrFail(Member, { status: 'active' });
  await admin.post(`${members}/${someone.id}/disable`);

  const visitor = await enter(service);
  await look(visitor, {
    'run-held': `${runs}/${run.id}`,
    'run-changes': `${runs}/${run.id - 1}`,
    'run-changes-all': `${runs}/${run.id - 1}/changes?kind=joined`,
    'members-held': members,
    'members-disabled': `${members}?status=disabled`,
    'members-undo': async (page) => {
      await page.goto(members);
      await fromMenu(page, 'Disable');
      await page.getByRole('button', { name: 'Undo' }).waitFor();
      // At the end of the page the notice covers nothing.
      await page.evaluate(STAY_AT_END);
    },
    'members-menu': async (page) => {
      await page.goto(members);
      await menuOf(page).click();
    },
    'members-chosen': async (page) => {
      // Few people, so that nothing scrolls under the head of the table.
      await page.goto(`${members}?role=admin`);
      await page.getByLabel('Choose all on this page').check();
    },
    'members-changed': async (page) => {
      await page.goto(`${members}?role=admin`);
      await page.getByLabel('Choose all on this page').check();
      await page.evaluate('document.dispatchEvent(new Event("members"))');
      await page.getByText('The list has changed.').waitFor();
    },
    'run-held-chosen': async (page) => {
      await page.goto(`${runs}/${run.id}`);
      for (const { login } of leavers.slice(0, 3)) await page.getByLabel(`Choose ${login}`).check();
    },
    'members-left-none': `${members}?status=left`,
    'members-filtered': `${members}?twoFactor=off&role=member&within=90&sort=-name`,
    'members-as-of': `${members}?asOf=2026-03-01`,
    'members-as-of-wrong': `${members}?asOf=2020-03-01`,
  });
  await look(await enter(service, { person: { role: 'member' } }), {
    'members-held-as-member': members,
    'run-held-as-member': `${runs}/${run.id}`,
  });

  await visitor.page.goto(`${runs}/${run.id}`);
  await visitor.page.getByRole('button', { name: 'Approve' }).click();
  await visitor.page.getByText('removals approved by').waitFor();
  await look(visitor, {
    'run-decided': `${runs}/${run.id}`,
    'run-undo-asked': `${runs}/${run.id}/undo`,
    'members-decided': members,
    'members-left': `${members}?status=left`,
  });

  simulator.faults.on(MEMBER_PAGES).secondaryLimit(1_800);
  const { id } = await requestSync(service, integration.id);
  await until(() => manager.existsBy(MemberSyncRun, { id, state: 'waiting' }));
  await look(visitor, { 'members-waiting': members, 'run-waiting': `${runs}/${id}` });
  await visitor.page.goto(members);
  await visitor.page.getByRole('button', { name: 'Cancel' }).click();
  await visitor.page.getByText('Cancelled by').first().waitFor();
  await look(visitor, { 'members-cancelled': members, 'run-cancelled': `${runs}/${id}` });
}, 300_000);
