import { describe, expect, it } from 'vitest';
import { HeldRemovals } from '../../src/integrations/removals/held-removals.js';
import { CurrentSync } from '../../src/integrations/runs/current-sync.js';
import { MemberSyncRun } from '../../src/integrations/runs/member-sync-run.entity.js';
import { memberSyncStatus } from '../../src/integrations/runs/member-sync-status.js';
import { ways } from '../support/service.js';
import { startHinted } from './support/hinted.js';

describe.each(ways)('removals by hints, $way', (way) => {
  /** Of 21 people, 20 % are 4: five may leave, and the sixth within an hour is held. */
  async function startWithSixLeavers() {
    const context = await startHinted(21, way);
    const leavers = context.others.slice(0, 6);
    for (const person of leavers) context.organization.leave(person);
    const [sixth] = leavers.slice(5);
    if (!sixth) throw new Error('There are too few people.');
    return { ...context, leavers, sixth };
  }

  it('count together for an hour, and the one above the limits is held', async () => {
    const { leavers, sixth, hint, next, statusOf, manager, get } = await startWithSixLeavers();
    await hint(...leavers.slice(0, 3));
    const first = await next();
    await hint(...leavers.slice(3, 5));
    const second = await next(first);
    expect([first.result, second.result]).toMatchObject([{ deactivated: 3 }, { deactivated: 2 }]);
    await hint(sixth);
    const third = await next(second);
    expect(third.result).toMatchObject({ deactivated: 0, held: 1, total: 1 });
    expect(await statusOf(sixth)).toBe('active');
    const decided = await get(HeldRemovals).decide(third.id, 'approve', 'ada@example.com');
    expect(decided.result).toMatchObject({ deactivated: 1, held: 0 });
    expect(await statusOf(sixth)).toBe('left');
    expect(await manager.countBy(MemberSyncRun, { scope: 'people' })).toBe(3);
  });

  it('count anew after an hour', async () => {
    const { leavers, sixth, hint, next, statusOf, manager } = await startWithSixLeavers();
    await hint(...leavers.slice(0, 5));
    const first = await next();
    const longAgo = new Date(Date.now() - 3_601_000);
    await manager.update(MemberSyncRun, { id: first.id }, { finishedAt: longAgo });
    await hint(sixth);
    expect((await next(first)).result).toMatchObject({ deactivated: 1, held: 0 });
    expect(await statusOf(sixth)).toBe('left');
  });

  it('a held person who is a member again is not removed by an approval', async () => {
    const { leavers, organization, integration, sixth, hint, next, sync, statusOf, get } =
      await startWithSixLeavers();
    const whole = await sync();
    expect(whole.result).toMatchObject({ held: 6 });
    organization.join(sixth);
    await hint(sixth);
    const run = await next(whole);
    expect(run.result).toMatchObject({ unchanged: 1, held: 0 });
    const { integration: now, latest } = await get(CurrentSync).read(1, integration.id);
    expect(memberSyncStatus(now, latest)).toMatchObject({
      status: 'held',
      held: { runId: whole.id, people: 5 },
    });
    const decided = await get(HeldRemovals).decide(whole.id, 'approve', 'ada@example.com');
    expect(decided.result).toMatchObject({ deactivated: 5, held: 0 });
    expect(await statusOf(sixth)).toBe('active');
    for (const person of leavers.slice(0, 5)) expect(await statusOf(person)).toBe('left');
  });

  it('a hint does not remove somebody whose removal waits for a decision', async () => {
    const { leavers, sixth, hint, next, sync, statusOf, get } = await startWithSixLeavers();
    const whole = await sync();
    await hint(sixth);
    expect((await next(whole)).result).toMatchObject({ deactivated: 0, held: 0, unchanged: 1 });
    expect(await statusOf(sixth)).toBe('active');
    expect(await get(HeldRemovals).list(whole.id)).toHaveLength(leavers.length);
  });

  it('a newer run of everybody takes the decision over', async () => {
    const { leavers, hint, next, sync, get } = await startWithSixLeavers();
    await hint(...leavers);
    const held = await next();
    expect(held.result).toMatchObject({ held: 6 });
    const whole = await sync();
    expect(whole.result).toMatchObject({ held: 6 });
    await expect(get(HeldRemovals).decide(held.id, 'approve', 'ada')).rejects.toMatchObject({
      code: 'removals_stale',
    });
    await get(HeldRemovals).decide(whole.id, 'reject', 'ada@example.com');
  });

  it('of a deleted organization remove nobody', async () => {
    const { simulator, others, hint, next, statusOf } = await startHinted(6, way);
    const [person] = others;
    if (!person) throw new Error('There is nobody.');
    simulator.faults
      .on(/^GET \/(orgs\/acme|organizations|user\/memberships)/, { times: 99 })
      .status(404);
    await hint(null);
    expect(await next()).toMatchObject({ state: 'error', scope: 'everybody' });
    expect(await statusOf(person)).toBe('active');
  });
});
