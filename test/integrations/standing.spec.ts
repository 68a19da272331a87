import { describe, expect, it } from 'vitest';
import { Directories } from '../../src/integrations/connections/directories.js';
import { HeldRemovals } from '../../src/integrations/removals/held-removals.js';
import { RunUndo } from '../../src/integrations/removals/run-undo.js';
import { MemberSyncRun } from '../../src/integrations/runs/member-sync-run.entity.js';
import { RunRetention } from '../../src/integrations/runs/run-retention.js';
import { MemberChange } from '../../src/members/changes/member-change.entity.js';
import { Member } from '../../src/members/member.entity.js';
import type { SimUser } from '../../src/simulator/user.js';
import { setDisabled } from '../support/disabling.js';
import { reload, startConnected, syncToEnd } from '../support/runs.js';
import { ways } from '../support/service.js';

describe.each(ways)('who is in, $way', (way) => {
  async function start(members: number) {
    const { service, integration, ...github } = await startConnected(members, way);
    await syncToEnd(service, integration.id);
    const { manager } = service.dataSource;
    const get = <T>(type: new (...given: never[]) => T): T =>
      service.app.get(type, { strict: false });
    const statusOf = async ({ id: githubId }: SimUser) =>
      (await manager.findOneByOrFail(Member, { githubId })).status;
    const others = github.organization.members.filter(({ id }) => id !== github.owner.id);
    return { ...github, service, integration, manager, get, statusOf, others };
  }

  const leaveAll = (github: Awaited<ReturnType<typeof start>>, people: SimUser[]) => {
    for (const person of people) github.organization.leave(person);
  };

  it('holds the removals of more than 20 % and more than 5, and applies all else', async () => {
    const context = await start(20);
    leaveAll(context, context.others.slice(0, 6));
    context.organization.join(context.world.addUser());
    const run = await syncToEnd(context.service, context.integration.id);
    expect(run).toMatchObject({ state: 'complete' });
    expect(run.result).toMatchObject({ created: 1, held: 6, deactivated: 0, total: 15 });
    const held = await context.get(HeldRemovals).list(run.id);
    const logins = context.others.slice(0, 6).map(({ login }) => login);
    expect(held.map(({ login }) => login).sort()).toEqual(logins.sort());
    expect(await context.manager.countBy(Member, { status: 'active' })).toBe(21);
  });

  it.each([
    [30, 6],
    [20, 4],
    [6, 5],
  ])('of %i members removes %i leavers by itself', async (members, leavers) => {
    const context = await start(members);
    leaveAll(context, context.others.slice(0, leavers));
    const run = await syncToEnd(context.service, context.integration.id);
    expect(run.result).toMatchObject({ held: 0, deactivated: leavers });
  });

  it('removes exactly the held set when an admin approves, as changes of the same run', async () => {
    const context = await start(20);
    const leavers = context.others.slice(0, 8);
    leaveAll(context, leavers);
    const run = await syncToEnd(context.service, context.integration.id);
    const decided = await context.get(HeldRemovals).decide(run.id, 'approve', 'ada@example.com');
    expect(decided.result).toMatchObject({ held: 0, deactivated: 8 });
    expect(decided).toMatchObject({
      removalDecision: 'approve',
      removalDecidedBy: 'ada@example.com',
    });
    const { parts, ...counts } = decided.result ?? {};
    expect(parts).toEqual(run.result?.parts);
    expect((await reload(context.service, context.integration.id)).memberSyncResult).toEqual(
      counts,
    );
    const changes = await context.manager.findBy(MemberChange, { runId: run.id, kind: 'left' });
    expect(changes.map(({ githubId }) => githubId).sort()).toEqual(
      leavers.map(({ id }) => id).sort(),
    );
    expect(new Set(changes.map(({ madeBy }) => madeBy))).toEqual(new Set(['ada@example.com']));
    await expect(context.get(HeldRemovals).decide(run.id, 'reject', 'bob')).rejects.toMatchObject({
      status: 409,
    });
  });

  it('leaves everybody when an admin rejects, and asks again with the next run', async () => {
    const context = await start(20);
    leaveAll(context, context.others.slice(0, 8));
    const first = await syncToEnd(context.service, context.integration.id);
    await context.get(HeldRemovals).decide(first.id, 'reject', 'ada@example.com');
    expect(await context.manager.countBy(Member, { status: 'active' })).toBe(20);
    const second = await syncToEnd(context.service, context.integration.id);
    expect(second.result).toMatchObject({ held: 8 });
  });

  it('refuses to decide about a set once a newer run has finished', async () => {
    const context = await start(20);
    leaveAll(context, context.others.slice(0, 8));
    const first = await syncToEnd(context.service, context.integration.id);
    await syncToEnd(context.service, context.integration.id);
    await expect(
      context.get(HeldRemovals).decide(first.id, 'approve', 'ada'),
    ).rejects.toMatchObject({
      status: 409,
      code: 'removals_stale',
    });
  });

  it('undoes what a run did to standing, as a run of its own', async () => {
    const context = await start(30);
    const [gone] = context.others;
    if (!gone) throw new Error('There is nobody to leave.');
    context.organization.leave(gone);
    const run = await syncToEnd(context.service, context.integration.id);
    expect(await context.statusOf(gone)).toBe('left');
    const undone = await context.get(RunUndo).undo(run, 'ada@example.com');
    expect(undone).toMatchObject({
      state: 'complete',
      undoesRunId: run.id,
      requestedBy: 'ada@example.com',
    });
    expect(undone.result).toMatchObject({ reactivated: 1, updated: 1, total: 1 });
    expect(await context.statusOf(gone)).toBe('active');
    expect(await context.manager.findBy(MemberChange, { runId: undone.id })).toMatchObject([
      {
        ...{ kind: 'returned', githubId: gone.id, madeBy: 'ada@example.com' },
        before: { status: 'left' },
        after: { status: 'active' },
      },
    ]);
    await expect(context.get(RunUndo).undo(run, 'ada')).rejects.toMatchObject({
      code: 'nothing_to_undo',
    });
    expect(await context.manager.countBy(MemberSyncRun, { state: 'running' })).toBe(0);
  });

  it('gives people the times back that they had before the run, also when an undo is undone', async () => {
    const { organization, others, manager, get, service, integration } = await start(30);
    const [person] = others;
    if (!person) throw new Error('There is nobody to leave.');
    const timesOf = async () => {
      const found = await manager.findOneByOrFail(Member, { githubId: person.id });
      const { status, present, joinedAt, leftAt } = found;
      return { status, present, joinedAt, leftAt };
    };
    const sync = () => syncToEnd(service, integration.id);
    const undo = (run: MemberSyncRun) => get(RunUndo).undo(run, 'ada@example.com');
    const before = await timesOf();
    organization.leave(person);
    const leaving = await sync();
    const away = await timesOf();
    const undone = await undo(leaving);
    expect(await timesOf()).toEqual(before);
    const again = await undo(undone);
    expect(await timesOf()).toEqual(away);
    await undo(again);
    await sync();
    expect(await timesOf(), 'GitHub still says that they left').toMatchObject({ status: 'left' });
    const second = await timesOf();
    organization.join(person);
    const returning = await sync();
    const back = await timesOf();
    const gone = await undo(returning);
    expect(await timesOf()).toEqual(second);
    await undo(gone);
    expect(await timesOf()).toEqual(back);
  });

  it('undoes nothing that a later run has changed', async () => {
    const { organization, others, get, service, integration } = await start(30);
    const [person] = others;
    if (!person) throw new Error('There is nobody to leave.');
    organization.leave(person);
    const first = await syncToEnd(service, integration.id);
    await get(RunUndo).undo(first, 'ada@example.com');
    const second = await syncToEnd(service, integration.id);
    expect(await get(RunUndo).effect(first)).toMatchObject({ back: 0, gone: 0, invited: 0 });
    expect(await get(RunUndo).effect(second)).toMatchObject({ back: 1, gone: 0, invited: 0 });
    await expect(get(RunUndo).undo(first, 'ada')).rejects.toMatchObject({
      code: 'nothing_to_undo',
    });
  });

  it('keeps disabled who an admin disabled, whatever GitHub says', async () => {
    const context = await start(12);
    const [person] = context.others;
    if (!person) throw new Error('There is nobody to disable.');
    const member = await context.manager.findOneByOrFail(Member, { githubId: person.id });
    const disabled = await setDisabled(context.service, member, { disabled: true });
    expect(disabled).toMatchObject({ status: 'disabled', disabledBy: 'ada@example.com' });
    await syncToEnd(context.service, context.integration.id);
    expect(await context.statusOf(person)).toBe('disabled');
    context.organization.leave(person);
    const left = await syncToEnd(context.service, context.integration.id);
    expect(left.result).toMatchObject({ deactivated: 0 });
    context.organization.join(person);
    const back = await syncToEnd(context.service, context.integration.id);
    expect(back.result).toMatchObject({ reactivated: 0, updated: 1 });
    expect(await context.statusOf(person)).toBe('disabled');
    await setDisabled(context.service, member, { disabled: false, by: 'bob@example.com' });
    expect(await context.statusOf(person)).toBe('active');
    const byHand = await context.manager.findBy(MemberChange, { githubId: person.id });
    expect(byHand.map(({ kind, madeBy }) => [kind, madeBy])).toEqual([
      ['joined', null],
      ['disabled', 'ada@example.com'],
      ['left', null],
      ['returned', null],
      ['enabled', 'bob@example.com'],
    ]);
  });

  it('tells the roster as of any past moment', async () => {
    const context = await start(12);
    const roster = async () =>
      (await context.manager.find(Member, { order: { githubId: 'ASC' } })).map(
        ({ githubId, login, name, status, role }) => ({ githubId, login, name, status, role }),
      );
    const moments: { at: Date; truth: Awaited<ReturnType<typeof roster>> }[] = [];
    const note = async () => {
      const [last] = await context.manager.find(MemberChange, { order: { id: 'DESC' }, take: 1 });
      moments.push({ at: last?.madeAt ?? new Date(), truth: await roster() });
    };
    await note();
    const [first, second, third] = context.others;
    if (!first || !second || !third) throw new Error('There are too few people.');
    context.organization.leave(first);
    context.world.renameUser(second, 'somebody-else');
    await syncToEnd(context.service, context.integration.id);
    await note();
    context.organization.join(first);
    context.organization.setRole(third, 'admin');
    third.name = 'Another Name';
    await syncToEnd(context.service, context.integration.id);
    await note();
    for (const { at, truth } of moments) {
      const past = await context.get(Directories).past(context.integration, at);
      const shown = [];
      for await (const member of past.all({ statuses: ['active', 'left', 'disabled'] })) {
        const { githubId, login, name, status, role } = member;
        shown.push({ githubId, login, name, status, role });
      }
      expect(shown.sort((a, b) => a.githubId - b.githubId)).toEqual(truth);
    }
    const early = context.get(Directories).past(context.integration, new Date('2020-01-01'));
    await expect(early).rejects.toMatchObject({ code: 'as_of_too_early' });
  });

  it('keeps runs and changes no longer than they are to be kept', async () => {
    const context = await start(12);
    await syncToEnd(context.service, context.integration.id);
    const later = new Date(Date.now() + 731 * 24 * 3_600_000);
    await context.get(RunRetention).prune(later);
    expect(await context.manager.count(MemberChange)).toBe(0);
    expect(await context.manager.count(MemberSyncRun)).toBe(1);
    expect(
      (await reload(context.service, context.integration.id)).changesPrunedUntil,
    ).not.toBeNull();
    expect(await context.manager.countBy(Member, { status: 'active' })).toBe(12);
  });
});
