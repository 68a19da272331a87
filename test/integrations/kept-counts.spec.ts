import { isDeepStrictEqual } from 'node:util';
import { describe, expect, it } from 'vitest';
import { HeldRemovals } from '../../src/integrations/removals/held-removals.js';
import { RunUndo } from '../../src/integrations/removals/run-undo.js';
import { MemberSyncCancellation } from '../../src/integrations/runs/member-sync-cancellation.js';
import { MemberSyncRun } from '../../src/integrations/runs/member-sync-run.entity.js';
import { MemberSyncRuns } from '../../src/integrations/runs/member-sync-runs.js';
import { countsOfNow } from '../../src/integrations/runs/run-counts.js';
import { countChanges } from '../../src/members/changes/changes.js';
import { MembersService } from '../../src/members/listing/members.service.js';
import { Member } from '../../src/members/member.entity.js';
import { noMembers } from '../../src/members/member-counts.js';
import { setDisabled } from '../support/disabling.js';
import { finished, requestSync, startConnected, syncToEnd } from '../support/runs.js';
import { ways } from '../support/service.js';
import { until } from '../support/until.js';

/** Six pages after the first part, fewer than the concurrent requests: all other requests go on. */
const LATE_PAGES = /\/members\?.*\bpage=3[4-9]\b/;

describe.each(ways)('the counts that are kept, $way', (way) => {
  async function start(members: number) {
    const { service, integration, ...github } = await startConnected(members, way);
    const { manager } = service.dataSource;
    const get = <T>(type: new (...given: never[]) => T): T =>
      service.app.get(type, { strict: false });
    const counted = async () => {
      const counts = noMembers();
      for (const { status } of await manager.findBy(Member, { integrationId: integration.id }))
        counts[status]++;
      return counts;
    };
    const kept = () => get(MembersService).counts(integration.id);
    const sync = () => syncToEnd(service, integration.id);
    const runs = () => manager.find(MemberSyncRun, { order: { id: 'ASC' } });
    return { ...github, service, integration, manager, get, counted, kept, sync, runs };
  }

  it('are those of the directory, after whatever happened', async () => {
    const { service, organization, world, owner, manager, get, counted, kept, sync, runs } =
      await start(20);
    const agree = async () => expect(await kept()).toEqual(await counted());
    expect(await kept()).toEqual(noMembers());
    await sync();
    await agree();
    const [one, two, three, ...others] = organization.members.filter(({ id }) => id !== owner.id);
    for (const leaver of [one, two, three]) organization.leave(leaver as never);
    organization.join(world.addUser());
    const left = await sync();
    await agree();
    expect(await kept()).toEqual({ active: 18, left: 3, disabled: 0 });

    organization.join(one as never);
    await sync();
    await agree();
    await get(RunUndo).undo(left, 'ada@example.com');
    await agree();

    const someone = await manager.findOneByOrFail(Member, { githubId: others[0]?.id });
    await setDisabled(service, someone, { disabled: true });
    await setDisabled(service, someone, { disabled: true });
    await agree();
    organization.leave(others[0] as never);
    await sync();
    await agree();
    await setDisabled(service, someone, { disabled: false });
    await agree();

    for (const leaver of others.slice(1, 9)) organization.leave(leaver);
    const held = await sync();
    await agree();
    await get(HeldRemovals).decide(held.id, 'approve', 'ada@example.com');
    await agree();
    expect((await runs()).map(({ activeAfter }) => activeAfter)).toEqual([20, 18, 19, 21, 18, 10]);
  });

  it('tell of each run how many changes of each kind it made', async () => {
    const { organization, world, owner, manager, sync, runs, get } = await start(12);
    await sync();
    const [one, two, three] = organization.members.filter(({ id }) => id !== owner.id);
    world.renameUser(one as never, 'somebody-else');
    organization.leave(two as never);
    organization.setRole(three as never, 'admin');
    const left = await sync();
    expect(left.changeCounts).toEqual({ renamed: 1, left: 1, role: 1 });
    await get(RunUndo).undo(left, 'ada@example.com');
    for (const run of await runs()) {
      const changes = await manager.query(
        `SELECT kind FROM member_changes WHERE run_id = ${run.id}`,
      );
      expect(run.changeCounts).toEqual(countChanges(changes));
    }
  });

  it('include what an unfinished run has done so far, and what it did where it ended badly', async () => {
    const { simulator, service, integration, get, counted, kept, sync } = await start(4_000);
    const held = simulator.faults.on(LATE_PAGES, { times: Number.POSITIVE_INFINITY }).hold();
    const run = await requestSync(service, integration.id);
    await held.arrived;
    // A part may be written between two of these reads; the held run writes no further one.
    await until(async () => {
      const latest = await get(MemberSyncRuns).latest(integration.id);
      if (!latest?.result?.created) return undefined;
      expect(await kept()).toEqual(noMembers());
      return isDeepStrictEqual(countsOfNow(await kept(), latest), await counted()) || undefined;
    });
    await get(MemberSyncCancellation).cancel(run, 'ada@example.com');
    held.release();
    const cancelled = await finished(service, run.id);
    expect(await kept()).toEqual(await counted());
    expect(cancelled.activeAfter).toBe((await kept()).active);
    await sync();
    expect(await kept()).toEqual({ active: 4_000, left: 0, disabled: 0 });
  });
});
