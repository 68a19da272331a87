import { it } from 'vitest';
import { MemberChange } from '../../../src/members/changes/member-change.entity.js';
import { afterLeaving } from '../../pages/support/pages.js';
import { look } from '../../support/looks.js';
import { enter } from '../../support/visitor.js';

/** So long ago that a past day has somebody in it. */
const PAST = new Date('2026-03-01T12:00:00Z');

it('a search, two dates, and a directory that is only kept', async () => {
  const { service, admin, of, page: members, world, organization, others } = await afterLeaving(3);
  const { manager } = service.dataSource;
  await manager.update(MemberChange, { kind: 'joined' }, { madeAt: PAST });
  const renamed = others.at(-1);
  if (!renamed) throw new Error('The organization is too small.');
  world.renameUser(renamed, 'zz-renamed');
  organization.join(world.addUser({ login: 'newcomer', name: '+(' }));
  await admin.post(`${members}/sync`);

  const visitor = await enter(service);
  await visitor.page.goto(members);
  await visitor.page.getByText('newcomer').first().waitFor();
  await look(visitor, {
    'members-matching': `${members}?role=member`,
    'members-as-of-within': `${members}?within=7&asOf=2026-03-01`,
    'diff-empty': `${members}/diff`,
    'diff-none': `${members}/diff?from=2026-03-01&to=2026-03-01`,
    'diff-wrong': `${members}/diff?from=2020-03-01`,
    diff: `${members}/diff?from=2026-03-01`,
  });

  await admin.post(`${of}/disconnect`, { name: 'acme', directory: 'keep' });
  await look(visitor, {
    'members-disconnected': members,
    'settings-disconnected': `${of}/settings`,
    'integrations-disconnected': '/integrations',
  });
}, 300_000);
