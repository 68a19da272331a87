import { describe, expect, it } from 'vitest';
import { MemberSyncRunner } from '../../src/integrations/member-sync/member-sync-runner.js';
import { MemberSyncCancellation } from '../../src/integrations/runs/member-sync-cancellation.js';
import { MemberSyncClaims } from '../../src/integrations/runs/member-sync-claims.js';
import { MemberSyncRequests } from '../../src/integrations/runs/member-sync-requests.js';
import { MemberSyncRun } from '../../src/integrations/runs/member-sync-run.entity.js';
import { MemberSyncSweeper } from '../../src/integrations/runs/member-sync-sweeper.js';
import { LeaseLost } from '../../src/integrations/runs/run-failure.js';
import { Member } from '../../src/members/member.entity.js';
import { MEMBER_PAGES } from '../../src/simulator/faults.js';
import { makeRun } from '../support/make-run.js';
import { finished, reload, requestSync, startConnected } from '../support/runs.js';
import { type Service, ways } from '../support/service.js';

/** Page 5 of the list, whichever form its address has. */
const PAGE_5 = /members\?.*\bpage=5\b/;

describe.each(ways)('what nothing can lose, $way', (way) => {
  const start = (members: number, env: NodeJS.ProcessEnv = {}, consumes = true) =>
    startConnected(members, { ...way, consumes, env });

  const expire = (service: Service, id: number) =>
    service.dataSource.manager.update(MemberSyncRun, { id }, { leasedUntil: new Date(0) });

  it('gives fifty requests at once one run', async () => {
    const { service, integration } = await start(3, {}, false);
    const requests = service.app.get(MemberSyncRequests, { strict: false });
    const ask = { integrationId: integration.id, trigger: 'api', requestedBy: null } as const;
    const asked = await Promise.all(Array.from({ length: 50 }, () => requests.open(ask)));
    expect(new Set(asked.map(({ run }) => run.id)).size).toBe(1);
    expect(asked.filter(({ isNew }) => isNew)).toHaveLength(1);
    expect(await service.dataSource.manager.count(MemberSyncRun)).toBe(1);
  });

  it('sweeps up a run that the queue was never told of', async () => {
    const { service, integration } = await start(3);
    const { run } = await service.app
      .get(MemberSyncRequests, { strict: false })
      .open({ integrationId: integration.id, trigger: 'manual', requestedBy: null });
    await service.app.get(MemberSyncSweeper, { strict: false }).sweep();
    expect((await finished(service, run.id)).state).toBe('complete');
  });

  it('goes on from the last checkpoint when a worker is lost', async () => {
    const { service, integration, simulator } = await start(650, {}, false);
    const claims = service.app.get(MemberSyncClaims, { strict: false });
    const runner = service.app.get(MemberSyncRunner, { strict: false });
    const { run } = await service.app
      .get(MemberSyncRequests, { strict: false })
      .open({ integrationId: integration.id, trigger: 'manual', requestedBy: null });
    const held = simulator.faults.on(PAGE_5).hold();
    const first = runner.run(run.id);
    await held.arrived;
    // The first page is applied on its own, before the others are asked for.
    await expire(service, run.id);
    const zombie = await claims.claim(run.id);
    await first;
    held.release();
    await expire(service, run.id);
    simulator.requests.reset();
    expect(zombie).not.toBeNull();
    expect(await runner.run(run.id)).toBe(true);
    const done = await finished(service, run.id);
    expect(done).toMatchObject({ state: 'complete', epoch: 3, takeovers: 2 });
    expect(done.result).toMatchObject({ created: 650, total: 650 });
    expect(await service.dataSource.manager.countBy(Member, { status: 'active' })).toBe(650);
    await expect(
      zombie?.beat({
        phase: 'members',
        people: null,
        done: 0,
        total: 0,
        githubRequests: 0,
        githubSilent: false,
        githubNotModified: 0,
      }),
    ).rejects.toBeInstanceOf(LeaseLost);
  });

  it('gives up a run that takes its worker with it each time', async () => {
    const { service, integration } = await start(3, {}, false);
    const runner = service.app.get(MemberSyncRunner, { strict: false });
    const run = await makeRun(service, 'running', integration.id);
    await service.dataSource.manager.update(MemberSyncRun, { id: run.id }, { takeovers: 5 });
    await runner.run(run.id);
    const done = await finished(service, run.id);
    expect(done).toMatchObject({ state: 'error', errorCode: 'internal' });
    expect(done.errorMessage).toMatch(/lost 6 times/);
  });

  it('honours a cancel while GitHub is asked, and removes nobody', async () => {
    const { service, integration, simulator } = await start(650);
    const held = simulator.faults.on(PAGE_5).hold();
    const { id } = await requestSync(service, integration.id);
    await held.arrived;
    const cancellation = service.app.get(MemberSyncCancellation, { strict: false });
    const cancelled = await cancellation.cancel({ id }, 'ada@example.com');
    expect(cancelled).toMatchObject({
      state: 'cancelled',
      errorMessage: 'Cancelled by ada@example.com.',
      activeAfter: expect.any(Number),
    });
    const shown = await reload(service, integration.id);
    expect(shown.memberSyncStatus).toBe('error');
    expect(shown.memberSyncError).toMatch(/^Cancelled by ada@example.com/);
    held.release();
    const next = await requestSync(service, integration.id);
    expect((await finished(service, next.id)).result).toMatchObject({ total: 650 });
    await expect(cancellation.cancel({ id }, 'bob')).rejects.toMatchObject({ status: 409 });
  });

  it('keeps when the queue was told of a run', async () => {
    const { service, integration, simulator } = await start(3);
    const held = simulator.faults.on(MEMBER_PAGES).hold();
    const { id } = await requestSync(service, integration.id);
    const told = await service.dataSource.manager.findOneByOrFail(MemberSyncRun, { id });
    expect(told.handedOverAt).toBeInstanceOf(Date);
    held.release();
    await finished(service, id);
  });

  it('hands a run back at a shutdown, which is no takeover', async () => {
    const { service, integration, simulator } = await start(650, {}, false);
    const runner = service.app.get(MemberSyncRunner, { strict: false });
    const { run } = await service.app
      .get(MemberSyncRequests, { strict: false })
      .open({ integrationId: integration.id, trigger: 'manual', requestedBy: null });
    const held = simulator.faults.on(PAGE_5).hold();
    const running = runner.run(run.id);
    await held.arrived;
    await runner.onModuleDestroy();
    await running;
    const back = await service.dataSource.manager.findOneByOrFail(MemberSyncRun, { id: run.id });
    expect(back).toMatchObject({ state: 'queued', takeovers: 0, leasedUntil: null });
    expect(await runner.run(run.id)).toBe(false);
  });
});
