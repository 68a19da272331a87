import { describe, expect, it } from 'vitest';
import { TokenBudget } from '../../src/github/limits/token-budget.js';
import { TokenBudgets } from '../../src/github/limits/token-budgets.js';
import { MemberSyncCancellation } from '../../src/integrations/runs/member-sync-cancellation.js';
import { MemberSyncRun } from '../../src/integrations/runs/member-sync-run.entity.js';
import { MemberSyncSweeper } from '../../src/integrations/runs/member-sync-sweeper.js';
import { Member } from '../../src/members/member.entity.js';
import { GRAPHQL, MEMBER_PAGES } from '../../src/simulator/faults.js';
import { connect, finished, reload, requestSync, startConnected } from '../support/runs.js';
import { type Service, type ServiceOptions, ways } from '../support/service.js';
import { until } from '../support/until.js';

/** Page 5 of the list. */
const PAGE_5 = /members\?.*\bpage=5\b/;

describe.each(ways)("waiting for GitHub's limits, $way", (way) => {
  const start = (members: number, options: ServiceOptions = {}) =>
    startConnected(members, { ...way, ...options, env: { SWEEP_SECONDS: '1', ...options.env } });

  const inState = ({ dataSource }: Service, id: number, state: MemberSyncRun['state']) =>
    until(async () => {
      const run = await dataSource.manager.findOneByOrFail(MemberSyncRun, { id });
      return run.state === state ? run : undefined;
    });

  const secondsTo = ({ resumesAt }: MemberSyncRun) =>
    ((resumesAt?.getTime() ?? 0) - Date.now()) / 1000;

  const everybody = ({ dataSource }: Service) => dataSource.manager.count(Member);

  it.each([
    ['the primary limit', 'rateLimited', PAGE_5],
    ['a secondary limit', 'secondaryLimit', PAGE_5],
    ["GraphQL's limit, told with status 200", 'rateLimited', GRAPHQL],
  ] as const)('goes to waiting at %s, and goes on from where it was', async (_, fault, match) => {
    const { service, integration, simulator } = await start(950);
    simulator.faults.on(match)[fault](2);
    simulator.requests.reset();
    const { id } = await requestSync(service, integration.id);
    const waiting = await inState(service, id, 'waiting');
    expect(secondsTo(waiting)).toBeGreaterThan(0);
    expect(secondsTo(waiting)).toBeLessThan(5);
    expect(await reload(service, integration.id)).toMatchObject({ memberSyncStatus: 'syncing' });
    const run = await finished(service, id);
    expect(run).toMatchObject({
      state: 'complete',
      resumesAt: null,
      takeovers: 0,
      errorCode: null,
    });
    expect(run.result).toMatchObject({ created: 950, updated: 0, unchanged: 0, total: 950 });
    expect(await everybody(service)).toBe(950);
    expect(simulator.impatient).toBe(0);
    // 10 for profiles, as many for verified addresses, those of the page that was refused, and teams twice: nobody's is asked
    // for twice.
    expect(simulator.requests.count(/POST \/graphql/)).toBeLessThanOrEqual(28);
  });

  it.each([1, -1])("goes by GitHub's clock, which is %i h before ours", async (hours) => {
    const { service, integration, simulator, world } = await start(3);
    world.clock.aheadMs = hours * 3_600_000;
    simulator.faults.on(MEMBER_PAGES).rateLimited(2);
    const { id } = await requestSync(service, integration.id);
    const seconds = secondsTo(await inState(service, id, 'waiting'));
    expect(seconds).toBeGreaterThan(0);
    expect(seconds).toBeLessThan(5);
    expect(await finished(service, id)).toMatchObject({ state: 'complete' });
    expect(simulator.impatient).toBe(0);
  });

  it('waits a minute at a secondary limit that does not say how long', async () => {
    const { service, integration, simulator } = await start(3);
    simulator.faults.on(MEMBER_PAGES).secondaryLimit();
    const { id } = await requestSync(service, integration.id);
    const seconds = secondsTo(await inState(service, id, 'waiting'));
    expect(seconds).toBeGreaterThan(50);
    expect(seconds).toBeLessThan(63);
  });

  it('ends a wait at once when it is cancelled', async () => {
    const { service, integration, simulator } = await start(3);
    simulator.faults.on(MEMBER_PAGES).secondaryLimit(3_000);
    const { id } = await requestSync(service, integration.id);
    await inState(service, id, 'waiting');
    const before = simulator.requests.total;
    await service.app.get(MemberSyncCancellation, { strict: false }).cancel({ id }, 'ada');
    const run = await service.dataSource.manager.findOneByOrFail(MemberSyncRun, { id });
    expect(run).toMatchObject({ state: 'cancelled', resumesAt: null });
    expect(simulator.requests.total).toBe(before);
    expect(await reload(service, integration.id)).toMatchObject({ memberSyncStatus: 'error' });
  });

  it('leaves the worker to others meanwhile', async () => {
    const { service, integration, simulator, world } = await start(3, {
      env: { SYNC_CONCURRENCY: '1' },
    });
    const other = world.addUser({ login: 'other-owner' });
    world.addOrganization({ login: 'other' }).join(other, { role: 'admin' });
    world.addToken({ token: 'ghp_TokenOfAnother', user: other });
    const free = await connect(service, 'ghp_TokenOfAnother', { organization: 'other' });
    simulator.faults.on(MEMBER_PAGES).secondaryLimit(3_000);
    const { id } = await requestSync(service, integration.id);
    await inState(service, id, 'waiting');
    const run = await requestSync(service, free.id);
    expect(await finished(service, run.id)).toMatchObject({ state: 'complete' });
    await inState(service, id, 'waiting');
  });

  it('keeps another run with the same token waiting too, without asking GitHub', async () => {
    const { service, integration, simulator, world, owner, token } = await start(3);
    world.addOrganization({ login: 'other' }).join(owner, { role: 'admin' });
    const other = await connect(service, token, { organization: 'other' });
    simulator.faults.on(MEMBER_PAGES).secondaryLimit(3_000);
    const first = await requestSync(service, integration.id);
    await inState(service, first.id, 'waiting');
    const before = simulator.requests.total;
    const second = await requestSync(service, other.id);
    await inState(service, second.id, 'waiting');
    expect(simulator.requests.total).toBe(before);
  });

  it("leaves the last tenth of the token's hour to others", async () => {
    const { service, integration, simulator, world, token } = await start(950);
    world.setRemaining(token, 'core', 508, 3);
    simulator.requests.reset();
    const { id } = await requestSync(service, integration.id);
    await inState(service, id, 'waiting');
    expect(
      simulator.requests.count((one) => one.charged && !one.path.startsWith('/graphql')),
    ).toBeLessThanOrEqual(8);
    const run = await finished(service, id);
    expect(run).toMatchObject({ state: 'complete' });
    expect(run.result).toMatchObject({ created: 950, total: 950 });
  });

  it('proves a list complete that takes several waits to read twice', async () => {
    const clock = { now: 0 };
    class FewPoints extends TokenBudgets {
      private readonly budget = new TokenBudget({
        concurrency: 2,
        reservePercent: 0,
        pointsAMinute: { core: 12, graphql: 12 },
        now: () => clock.now,
      });
      override of() {
        return this.budget;
      }
    }
    const { service, integration, organization } = await start(1_150, {
      override: (builder) =>
        builder.overrideProvider(TokenBudgets).useFactory({
          factory: () => new FewPoints(undefined as never, { isShared: false } as never),
        }),
    });
    // The list of those without takes more than one minute's requests by itself.
    for (const user of organization.members) user.twoFactor = false;
    const { id } = await requestSync(service, integration.id);
    const { manager } = service.dataSource;
    let waits = 0;
    const run = await until(async () => {
      const seen = await manager.findOneByOrFail(MemberSyncRun, { id });
      if (seen.finishedAt) return seen;
      if (seen.state !== 'waiting') return undefined;
      waits++;
      clock.now += 60_000;
      await manager.update(
        MemberSyncRun,
        { id, state: 'waiting' },
        { resumesAt: new Date(0), handedOverAt: null },
      );
      await service.app.get(MemberSyncSweeper, { strict: false }).sweep();
      return undefined;
    });
    // 12 pages twice, with a few requests more at each beginning, of 12 a minute.
    expect(waits).toBeGreaterThanOrEqual(3);
    expect(run).toMatchObject({ state: 'complete', takeovers: 0 });
    expect(run.result).toMatchObject({ created: 1_150, unchanged: 0, updated: 0, total: 1_150 });
    expect(await everybody(service)).toBe(1_150);
  });
});
