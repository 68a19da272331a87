import { type EntityManager, In } from 'typeorm';
import { describe, expect, it } from 'vitest';
import { ListCheckpoints } from '../../src/integrations/member-sync/list-checkpoints.js';
import { MemberListPage } from '../../src/integrations/member-sync/member-list-page.entity.js';
import { MemberSyncRunner } from '../../src/integrations/member-sync/member-sync-runner.js';
import { MemberSyncCancellation } from '../../src/integrations/runs/member-sync-cancellation.js';
import { MemberSyncClaims } from '../../src/integrations/runs/member-sync-claims.js';
import { MemberSyncRun } from '../../src/integrations/runs/member-sync-run.entity.js';
import { MemberSyncSweeper } from '../../src/integrations/runs/member-sync-sweeper.js';
import { ChangeReversal } from '../../src/members/changes/change-reversal.js';
import { MemberChange } from '../../src/members/changes/member-change.entity.js';
import { DirectoryUpdates } from '../../src/members/directory/directory-updates.js';
import { StatusReversal } from '../../src/members/directory/status-reversal.js';
import { MembersService } from '../../src/members/listing/members.service.js';
import { Member } from '../../src/members/member.entity.js';
import { noMembers } from '../../src/members/member-counts.js';
import type { Answer } from '../../src/simulator/answer.js';
import { MEMBER_PAGES } from '../../src/simulator/faults.js';
import { setDisabled } from '../support/disabling.js';
import { finished, requestSync, startConnected, syncToEnd } from '../support/runs.js';
import { ways } from '../support/service.js';
import { until } from '../support/until.js';

const ALWAYS = { times: Number.POSITIVE_INFINITY };

/** Page `n` of the list of everybody, not of those with a role. */
const page = (n: number) => new RegExp(`/members\\?(?!.*(role|filter)=).*\\bpage=${n}\\b`);

/** The usual answer with another `Link`. */
const linked =
  (link: string) =>
  (answer: Answer): Answer => ({ ...answer, headers: { ...answer.headers, link } });

/** Lets the database refuse to delete members, and returns what mends it. */
async function breakDeleting(manager: EntityManager, { dialect }: (typeof ways)[number]) {
  const refuse =
    dialect === 'sqlite'
      ? "BEGIN SELECT RAISE(ABORT, 'no room'); END"
      : "FOR EACH ROW SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'no room'";
  await manager.query(`CREATE TRIGGER no_room BEFORE DELETE ON members ${refuse}`);
  return () => manager.query('DROP TRIGGER no_room');
}

describe.each(ways)('a list that is longer than the limit, $way', (way) => {
  async function start(members: number, maxMembers: number) {
    const env = { MAX_MEMBERS: String(maxMembers) };
    const connected = await startConnected(members, { ...way, env });
    const { service, integration, simulator, organization } = connected;
    const { manager } = service.dataSource;
    return {
      ...connected,
      manager,
      sync: () => syncToEnd(service, integration.id),
      link: (to: number, rel: string) =>
        `<${simulator.url}/organizations/${organization.id}/members?per_page=100&page=${to}>; rel="${rel}"`,
      kept: async () => [
        await manager.count(Member),
        await manager.count(MemberChange),
        await manager.count(MemberListPage),
      ],
    };
  }

  it('is refused before anything of it is written, and one as long as the limit is not', async () => {
    const { organization, world, sync, kept } = await start(250, 250);
    expect(await sync()).toMatchObject({ state: 'complete', result: { total: 250 } });
    const before = await kept();
    organization.join(world.addUser());
    const run = await sync();
    expect(run).toMatchObject({ state: 'error', errorCode: 'too_many_members', result: null });
    expect(run.errorRemedy).toContain('MAX_MEMBERS');
    expect((await kept()).slice(0, 2)).toEqual(before.slice(0, 2));
  });

  it('is refused where its end never comes, and repeats itself', async () => {
    const { simulator, sync, kept, link } = await start(100, 2_000);
    const repeated = simulator.faults;
    for (let n = 1; n <= 25; n++)
      repeated.on(n === 1 ? MEMBER_PAGES : page(n), ALWAYS).change(linked(link(n + 1, 'next')));
    repeated.on(/[?&]page=/, ALWAYS).before((request) => void request.query.delete('page'));
    const run = await sync();
    expect(run).toMatchObject({ state: 'error', errorCode: 'too_many_members' });
    expect(await kept()).toEqual([0, 0, 0]);
    expect(simulator.requests.count(/members\?/)).toBeLessThan(70);
  });

  it('is taken back where it shows only when people are written, and leaves who was there as they were', async () => {
    const { simulator, organization, owner, world, service, integration, manager, sync, link } =
      await start(40, 3_000);
    const [gone, back, renamed] = organization.members.filter((user) => user !== owner);
    if (!gone || !back || !renamed) throw new Error('There are too few members.');
    await sync();
    organization.leave(back);
    await sync();
    const rows = async () =>
      (await manager.find(Member, { order: { id: 'ASC' } })).map(({ updatedAt: _, ...row }) => row);
    const before = await rows();
    const changes = await manager.find(MemberChange);
    organization.join(back);
    organization.leave(gone);
    world.renameUser(renamed, 'another-login');
    renamed.name = 'Another Name';
    for (let i = 0; i < 2_150; i++) organization.join(world.addUser());
    const late = simulator.faults.on(page(21), ALWAYS).hold();
    const lie = simulator.faults.on(page(21), ALWAYS).change(linked(link(4_000, 'last')));
    const { id } = await requestSync(service, integration.id);
    await late.arrived;
    await until(async () => (await manager.count(Member)) > before.length || undefined);
    late.release();
    expect(await finished(service, id)).toMatchObject({
      state: 'error',
      errorCode: 'too_many_members',
      result: null,
      done: 0,
    });
    expect(await rows()).toEqual(before);
    expect(await manager.find(MemberChange)).toEqual(changes);
    expect(await manager.countBy(MemberListPage, { runId: id })).toBe(0);
    lie.remove();
    expect((await sync()).state).toBe('complete');
  });

  it('is taken back, and what an admin did meanwhile is kept and counted', async () => {
    const { simulator, organization, owner, world, service, integration, manager, sync, link } =
      await start(10, 3_000);
    const { app } = service;
    const [back, enabled] = organization.members.filter((user) => user !== owner);
    if (!back || !enabled) throw new Error('There are too few members.');
    const find = ({ id: githubId }: { id: number }) =>
      manager.findOneByOrFail(Member, { githubId });
    const disable = async (user: { id: number }, disabled: boolean) =>
      setDisabled(service, await find(user), { disabled });
    const agree = async () => {
      const counted = noMembers();
      for (const { status } of await manager.find(Member)) counted[status]++;
      const members = app.get(MembersService, { strict: false });
      expect(await members.counts(integration.id)).toEqual(counted);
    };
    await sync();
    await disable(enabled, true);
    for (const leaver of [back, enabled]) organization.leave(leaver);
    await sync();
    // With ids that put them on the first page.
    const [joined, joinedAgain] = [world.addUser({ id: 11 }), world.addUser({ id: 12 })];
    for (const user of [back, enabled, joined, joinedAgain]) organization.join(user);
    for (let i = 0; i < 2_150; i++) organization.join(world.addUser());
    const late = simulator.faults.on(page(21), ALWAYS).hold();
    const lie = simulator.faults.on(page(21), ALWAYS).change(linked(link(4_000, 'last')));
    const { id } = await requestSync(service, integration.id);
    await late.arrived;
    const githubId = In([joined, joinedAgain].map(({ id }) => id));
    await until(async () => (await manager.countBy(Member, { githubId })) === 2);
    for (const user of [joined, joinedAgain, back]) await disable(user, true);
    for (const user of [joinedAgain, enabled]) await disable(user, false);
    late.release();
    expect(await finished(service, id)).toMatchObject({ errorCode: 'too_many_members' });
    expect(await manager.count(Member)).toBe(11);
    for (const user of [joined, back])
      expect(await find(user)).toMatchObject({ status: 'disabled', present: false });
    expect(await find(enabled)).toMatchObject({ status: 'left', present: false });
    await agree();
    lie.remove();
    expect((await sync()).state).toBe('complete');
    expect(await find(joined)).toMatchObject({ status: 'disabled', present: true });
    await agree();
  });

  it('is taken back to the end by whoever takes the run over from a worker that was killed', async () => {
    const { service, simulator, integration, manager, organization } = await start(3, 2_000);
    const get = <T>(type: abstract new (...args: never[]) => T): T =>
      service.app.get(type as never, { strict: false });
    const held = simulator.faults.on(MEMBER_PAGES, ALWAYS).hold();
    const run = await requestSync(service, integration.id);
    await held.arrived;
    const expire = () =>
      manager.update(MemberSyncRun, { id: run.id }, { leasedUntil: new Date(0) });
    await expire();
    const lease = await get(MemberSyncClaims).claim(run.id);
    const observed = organization.members.map(({ id: githubId, nodeId, login }) => ({
      githubId,
      nodeId,
      login,
      avatarUrl: '',
      role: null,
      twoFactorEnabled: null,
    }));
    await lease?.write(async (tx) => {
      const context = { integrationId: integration.id, runId: run.id, at: new Date() };
      await get(DirectoryUpdates).apply(tx, context, observed);
      return { errorCode: 'too_many_members', errorMessage: 'Too many.', errorRemedy: 'Fewer.' };
    });
    expect(await manager.count(Member)).toBe(3);
    await expire();
    const mend = await breakDeleting(manager, way);
    expect(await get(MemberSyncRunner).run(run.id)).toBe(true);
    const left = await manager.findOneByOrFail(MemberSyncRun, { id: run.id });
    expect(left).toMatchObject({ state: 'running', finishedAt: null });
    await expect(get(MemberSyncCancellation).cancel(run, 'ada')).rejects.toMatchObject({
      status: 409,
      code: 'run_ending',
    });
    await mend();
    await expire();
    await get(MemberSyncSweeper).sweep();
    expect(await finished(service, run.id)).toMatchObject({
      state: 'error',
      errorCode: 'too_many_members',
      errorMessage: 'Too many.',
    });
    expect(await manager.count(Member)).toBe(0);
  });
});

describe.each(ways)('what is large, $way', (way) => {
  it('is taken back and saved in statements and transactions of bounded size', async () => {
    const { service, integration } = await startConnected(250, way);
    const { manager } = service.dataSource;
    const { id } = await syncToEnd(service, integration.id);
    const run = { id, integrationId: integration.id };
    const githubIds = (await manager.find(Member)).map(({ githubId }) => githubId);
    const directory = service.app.get(DirectoryUpdates, { strict: false });
    const context = { integrationId: integration.id, at: new Date() };
    await manager.transaction(async (tx) => {
      await directory.removeAll(tx, { ...context, runId: null }, githubIds);
      await tx.delete(MemberChange, { runId: id });
      await service.app
        .get(StatusReversal, { strict: false })
        .reverse(tx, { ...context, runId: id }, { runId: 0, kind: 'left' }, githubIds);
    });
    const reversal = service.app.get(ChangeReversal, { strict: false });
    const reverseSome = () => manager.transaction((tx) => reversal.reverseSome(tx, run));
    const gone = () => manager.countBy(Member, { present: false, status: 'left' });
    expect([await reverseSome(), await gone()]).toEqual([true, 200]);
    expect([await reverseSome(), await gone()]).toEqual([true, 250]);
    expect(await reverseSome()).toBe(false);

    const seen = { etag: null, githubIds: [], formerIds: [], checkedIn: 1, changedIn: 1 };
    const pages = Array.from({ length: 4_100 }, (_, i) => ({ ...seen, page: i + 1 }));
    await service.app.get(ListCheckpoints, { strict: false }).save(manager, run, pages);
    expect(await manager.countBy(MemberListPage, { runId: id })).toBe(4_100);
  });
});
