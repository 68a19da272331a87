import { it } from 'vitest';
import { Member } from '../../../src/members/member.entity.js';
import { startPages } from '../../pages/support/pages.js';
import { look } from '../../support/looks.js';
import { makePastRuns } from '../../support/past-runs.js';
import { syncToEnd } from '../../support/runs.js';
import { enter } from '../../support/visitor.js';

const NOON = Date.parse('2026-08-20T12:00:00Z');

/** Ninety days of an organization that grows, and loses a department on the way. */
const sizes = Array.from({ length: 90 }, (_, day) => ({
  at: new Date(NOON + day * 86_400_000),
  active: 21 + Math.floor(day / 3) - (day > 55 ? 9 : 0) + ((day * 7) % 4),
}));

it('a history with its chart, and a run that changed something of each kind', async () => {
  const { service, integration, organization, world, others, token, runs, of, admin } =
    await startPages({
      members: 40,
    });
  await makePastRuns(service, integration.id, sizes);
  await syncToEnd(service, integration.id);
  const [gone, renamed, promoted, profiled] = others;
  if (!gone || !renamed || !promoted || !profiled) throw new Error('There are too few.');
  organization.leave(gone);
  world.renameUser(renamed, 'a-new-login');
  organization.setRole(promoted, 'admin');
  profiled.name = 'Countess of Lovelace';
  organization.join(world.addUser());
  const changed = await syncToEnd(service, integration.id);
  world.revokeToken(token);
  const failed = await syncToEnd(service, integration.id);
  const member = await service.dataSource.manager.findOneByOrFail(Member, { status: 'active' });
  for (const word of ['disable', 'enable']) await admin.post(`${of}/members/${member.id}/${word}`);
  await admin.post(`${runs}/${changed.id}/undo`);
  await look(await enter(service), {
    history: runs,
    'history-filtered': `${runs}?kind=left&by=ada`,
    'history-nothing': `${runs}?kind=undo&by=nobody`,
    'run-undone': `${runs}/${changed.id}`,
    'run-undo': `${runs}/${failed.id + 1}`,
    'run-changes-person': `${runs}/${changed.id}/changes?person=${renamed.login}`,
    'history-older': `${runs}?before=60`,
    'run-each-kind': `${runs}/${changed.id}`,
    'run-failed': `${runs}/${failed.id}`,
  });
}, 120_000);
