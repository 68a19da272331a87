import { describe, expect, it, vi } from 'vitest';
import { lockConnected } from '../../src/integrations/connections/lock-connected.js';
import { HeldRemovals } from '../../src/integrations/removals/held-removals.js';
import { MemberSyncRun } from '../../src/integrations/runs/member-sync-run.entity.js';
import { MemberChange } from '../../src/members/changes/member-change.entity.js';
import { MemberStatusService } from '../../src/members/directory/member-status.service.js';
import { MembersService } from '../../src/members/listing/members.service.js';
import { Member } from '../../src/members/member.entity.js';
import { setDisabled } from '../support/disabling.js';
import { reload, startConnected, syncToEnd } from '../support/runs.js';
import { type Service, ways } from '../support/service.js';

const ADA = 'ada@example.com';

async function start(members: number, way: object) {
  const { service, integration, ...github } = await startConnected(members, way);
  await syncToEnd(service, integration.id);
  const { manager } = service.dataSource;
  const get = <T>(type: new (...given: never[]) => T): T =>
    service.app.get(type, { strict: false });
  const others = github.organization.members.filter(({ id }) => id !== github.owner.id);
  return { ...github, service, integration, manager, get, others };
}

const setAllDisabled = ({ app }: Service, id: number, memberIds: number[], disabled: boolean) =>
  app
    .get(MemberStatusService, { strict: false })
    .setAllDisabled(id, memberIds, disabled, ADA, (manager) => lockConnected(manager, id));

describe.each(ways)('many members at once, $way', (way) => {
  it('are disabled and enabled like one, each with a change', async () => {
    const { manager, service, integration } = await start(12, way);
    const members = await manager.find(Member, { order: { id: 'ASC' } });
    const [first, second, gone] = members.map(({ id }) => id);
    await manager.update(Member, { id: gone }, { present: false, status: 'left' });
    const all = [first, second, gone] as number[];
    const set = (ids: number[], disabled: boolean) =>
      setAllDisabled(service, integration.id, ids, disabled);
    const one = members[0] as Member;
    await setDisabled(service, one, { disabled: true, by: 'bob@example.com' });
    const disabled = await set(all, true);
    expect(disabled.map(({ id }) => id)).toEqual([second, gone]);
    expect(disabled[0]).toMatchObject({ status: 'disabled', disabledBy: ADA });
    expect(await manager.countBy(Member, { status: 'disabled' })).toBe(3);
    expect((await set(all, true)).length, 'again').toBe(0);
    const enabled = await set(all, false);
    expect(enabled.map(({ status }) => status)).toEqual(['active', 'active', 'left']);
    const changes = await manager.find(MemberChange, {
      where: { madeBy: ADA },
      order: { id: 'ASC' },
    });
    expect(changes.map(({ kind, runId, before, after }) => [kind, runId, before, after])).toEqual([
      ['disabled', null, { status: 'active' }, { status: 'disabled' }],
      ['disabled', null, { status: 'left' }, { status: 'disabled' }],
      ['enabled', null, { status: 'disabled' }, { status: 'active' }],
      ['enabled', null, { status: 'disabled' }, { status: 'active' }],
      ['enabled', null, { status: 'disabled' }, { status: 'left' }],
    ]);
  });

  it('need as many statements as one, and all are refused where one is missing', async () => {
    const { service, manager, get, integration } = await start(60, way);
    const ids = (await manager.find(Member)).map(({ id }) => id);
    const { logger } = service.dataSource;
    const statements = vi.spyOn(logger, 'logQuery');
    const set = (some: number[]) => setAllDisabled(service, integration.id, some, true);
    await set(ids.slice(0, 1));
    const forOne = statements.mock.calls.length;
    statements.mockClear();
    await set(ids.slice(1));
    expect(statements).toHaveBeenCalledTimes(forOne);
    expect(forOne).toBeGreaterThan(3);
    expect(await get(MembersService).counts(integration.id)).toEqual({
      active: 0,
      left: 0,
      disabled: 60,
    });
    const missing = setAllDisabled(service, integration.id, [ids[0] as number, 9_999], false);
    await expect(missing).rejects.toMatchObject({ code: 'member_not_found' });
    expect(await manager.countBy(Member, { status: 'disabled' })).toBe(60);
  });
});

describe.each(ways)('a part of held removals, $way', (way) => {
  async function holding() {
    const context = await start(20, way);
    const leavers = context.others.slice(0, 8);
    for (const person of leavers) context.organization.leave(person);
    const run = await syncToEnd(context.service, context.integration.id);
    const ids = leavers.map(({ id }) => id);
    const removals = context.get(HeldRemovals);
    const left = async () =>
      (await context.manager.findBy(Member, { status: 'left' })).map(({ githubId }) => githubId);
    return { ...context, run, ids, removals, left };
  }

  it('is approved exactly, the others stay held, and the last ones decide the set', async () => {
    const { service, integration, manager, run, ids, removals, left } = await holding();
    await removals.approvePart(run.id, ids.slice(0, 3), ADA);
    expect((await left()).toSorted()).toEqual(ids.slice(0, 3).toSorted());
    const held = (await removals.list(run.id)).map(({ githubId }) => githubId);
    expect(held.toSorted()).toEqual(ids.slice(3).toSorted());
    const after = await manager.findOneByOrFail(MemberSyncRun, { id: run.id });
    expect(after).toMatchObject({ removalDecision: null, activeAfter: 17 });
    expect(after.result).toMatchObject({ held: 5, deactivated: 3 });
    const { parts, ...counts } = after.result ?? {};
    expect(parts).toEqual(run.result?.parts);
    expect((await reload(service, integration.id)).memberSyncResult).toEqual(counts);
    const changes = await manager.findBy(MemberChange, { runId: run.id, kind: 'left' });
    expect(new Set(changes.map(({ madeBy }) => madeBy))).toEqual(new Set([ADA]));

    await removals.approvePart(run.id, ids.slice(3), 'bob@example.com');
    expect((await left()).toSorted()).toEqual(ids.toSorted());
    const decided = await manager.findOneByOrFail(MemberSyncRun, { id: run.id });
    expect(decided).toMatchObject({ removalDecision: 'approve', activeAfter: 12 });
    expect(decided.removalDecidedBy).toBe(`${ADA}, bob@example.com`);
    expect(decided.result).toMatchObject({ held: 0, deactivated: 8 });
  });

  it('leaves the others to be rejected or approved as before', async () => {
    const { run, ids, removals, left, manager } = await holding();
    await removals.approvePart(run.id, ids.slice(0, 1), ADA);
    await removals.decide(run.id, 'reject', ADA);
    expect(await left()).toEqual(ids.slice(0, 1));
    const { result } = await manager.findOneByOrFail(MemberSyncRun, { id: run.id });
    expect(result).toMatchObject({ held: 7, deactivated: 1 });
    const late = removals.approvePart(run.id, ids.slice(1, 2), ADA);
    await expect(late).rejects.toMatchObject({ status: 409, code: 'removals_decided' });
  });

  it('is refused whole where the set has changed meanwhile', async () => {
    const { service, integration, run, ids, removals, left } = await holding();
    const parts = [ids.slice(0, 3), ids.slice(2, 5)];
    const answers = await Promise.allSettled(
      parts.map((part) => removals.approvePart(run.id, part, ADA)),
    );
    const refused = answers.flatMap((answer) =>
      answer.status === 'rejected' ? [answer.reason.code] : [],
    );
    expect(refused).toEqual(['removals_changed']);
    expect(await left()).toHaveLength(3);
    await syncToEnd(service, integration.id);
    const stale = removals.approvePart(run.id, ids.slice(5), ADA);
    await expect(stale).rejects.toMatchObject({ status: 409, code: 'removals_stale' });
  });

  it('does not let later runs remove the others because they are few enough now', async () => {
    const { service, integration, manager, others, organization, ...context } = await holding();
    const { run, ids, removals, left } = context;
    const sync = () => syncToEnd(service, integration.id);
    await removals.approvePart(run.id, ids.slice(0, 3), ADA);
    expect((await sync()).result).toMatchObject({ held: 5, deactivated: 0 });
    const second = await sync();
    expect(second.result).toMatchObject({ held: 5, deactivated: 0 });
    await removals.decide(second.id, 'reject', ADA);
    const third = await sync();
    expect(third.result).toMatchObject({ held: 5, deactivated: 0 });
    await removals.decide(third.id, 'approve', ADA);
    expect(await left()).toHaveLength(8);
    for (const person of others.slice(8, 10)) organization.leave(person);
    expect((await sync()).result).toMatchObject({ held: 0, deactivated: 2 });
  });
});
