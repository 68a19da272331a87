import { describe, expect, it } from 'vitest';
import { IntegrationDisconnection } from '../../src/integrations/connecting/integration-disconnection.js';
import { Credential } from '../../src/integrations/connections/credential.entity.js';
import { GithubIntegration } from '../../src/integrations/connections/github-integration.entity.js';
import { RunUndo } from '../../src/integrations/removals/run-undo.js';
import { MemberSyncRun } from '../../src/integrations/runs/member-sync-run.entity.js';
import { RunHandOver } from '../../src/integrations/runs/run-hand-over.js';
import { IntegrationSchedules } from '../../src/integrations/schedules/integration-schedules.js';
import { MemberSyncScheduler } from '../../src/integrations/schedules/member-sync-scheduler.js';
import { nextSyncAt, type Schedule } from '../../src/integrations/schedules/schedule.js';
import { beside } from '../support/beside.js';
import {
  connect,
  finished,
  reload,
  requestSync,
  startConnected,
  syncToEnd,
} from '../support/runs.js';
import { redisCommands } from '../support/servers/redis-commands.js';
import { type Service, startService, ways } from '../support/service.js';

/** Integrations without a GitHub behind them, each with the same daily schedule. */
async function insertIntegrations({ dataSource }: Service, count: number, at: Date) {
  const { manager } = dataSource;
  const times = { createdAt: at, updatedAt: at };
  const credential = { teamId: 1, kind: 'token' as const, sealedSecret: 'x', ...times };
  const { id: credentialId } = await manager.save(manager.create(Credential, credential));
  const rows = Array.from({ length: count }, (_, i) => ({
    ...{ id: i + 1, teamId: 1, credentialId, organizationId: i + 1, organizationLogin: `o${i}` },
    ...{ apiUrl: 'http://127.0.0.1:1', scheduleKind: 'daily' as const, scheduleTime: '03:00' },
    nextSyncAt: nextSyncAt({ ...daily, zone: 'UTC' }, i + 1, at),
    ...times,
  }));
  for (let from = 0; from < count; from += 100)
    await manager.insert(GithubIntegration, rows.slice(from, from + 100));
}

const daily: Schedule = { kind: 'daily', weekday: 1, time: '03:00', zone: 'Europe/Berlin' };
const DAY = 86_400_000;

describe.each(ways)('the scheduler, $way', (way) => {
  async function scheduled({ consumes = true, schedule = daily } = {}) {
    const stage = await startConnected(3, { ...way, consumes });
    const { service, integration } = stage;
    const schedules = service.app.get(IntegrationSchedules, { strict: false });
    const set = () => schedules.set(integration, schedule);
    await set();
    const { nextSyncAt } = await reload(service, integration.id);
    // Consumers have one; a process without them has none, which the last test shows.
    const scheduler = () => service.app.get(MemberSyncScheduler, { strict: false });
    const runs = () =>
      service.dataSource.manager.findBy(MemberSyncRun, { integrationId: integration.id });
    return { ...stage, due: nextSyncAt as Date, set, scheduler, runs };
  }

  it('asks for a sync when it is due, and not before', async () => {
    const { service, integration, due, scheduler, runs } = await scheduled();
    await scheduler().startDue(new Date(due.getTime() - 1));
    expect(await runs()).toEqual([]);
    await scheduler().startDue(due);
    const [run] = await runs();
    expect(run).toMatchObject({ trigger: 'schedule', requestedBy: null });
    expect(await finished(service, run?.id ?? 0)).toMatchObject({ state: 'complete' });
    const { nextSyncAt, memberSyncStatus } = await reload(service, integration.id);
    expect(memberSyncStatus).toBe('complete');
    expect(nextSyncAt?.getTime()).toBeGreaterThan(due.getTime() + 22 * 3_600_000);
  });

  it('asks once, however many look at the same time', async () => {
    const { due, scheduler, runs } = await scheduled();
    await Promise.all(Array.from({ length: 8 }, () => scheduler().startDue(due)));
    expect(await runs()).toHaveLength(1);
  });

  it('asks once, whichever of several processes looks, day after day', async () => {
    const { service, integration, due, scheduler, runs } = await scheduled();
    const other = await beside(service);
    const schedulers = [scheduler(), other.app.get(MemberSyncScheduler, { strict: false })];
    let next = due;
    for (let day = 1; day <= 5; day++) {
      await Promise.all([...schedulers, ...schedulers].map((one) => one.startDue(next)));
      const all = await runs();
      expect(all).toHaveLength(day);
      await finished(service, all.at(-1)?.id ?? 0);
      next = (await reload(service, integration.id)).nextSyncAt as Date;
    }
  });

  it('knows what is due after a restart and a flushed Redis', async () => {
    const { service, due, runs } = await scheduled();
    const { redis } = service.config;
    if (redis) await redisCommands(redis.url, 'FLUSHDB');
    const restarted = await beside(service);
    await service.app.get(MemberSyncScheduler, { strict: false }).onModuleDestroy();
    await restarted.app.get(MemberSyncScheduler, { strict: false }).startDue(due);
    const [run] = await runs();
    expect(run).toMatchObject({ trigger: 'schedule' });
    expect(await finished(restarted, run?.id ?? 0)).toMatchObject({ state: 'complete' });
  });

  it.each([
    // 2:30 comes twice, and 2:30 is left out.
    ['2026-10-24T12:00:00Z', '02:30', 'Europe/Berlin'],
    ['2026-03-28T12:00:00Z', '02:30', 'Europe/Berlin'],
    // By half an hour.
    ['2027-04-03T08:00:00Z', '01:45', 'Australia/Lord_Howe'],
    ['2026-10-03T08:00:00Z', '02:10', 'Australia/Lord_Howe'],
  ])('asks once in the night after %s for %s in %s', async (from, time, zone) => {
    const { service, integration, scheduler, runs } = await scheduled();
    const noon = new Date(from);
    const schedules = service.app.get(IntegrationSchedules, { strict: false });
    await schedules.set(integration, { ...daily, time, zone }, noon);
    for (let minutes = 0; minutes < 20 * 60; minutes += 10) {
      await scheduler().startDue(new Date(noon.getTime() + minutes * 60_000));
      for (const { id } of await runs()) await finished(service, id);
    }
    expect(await runs()).toHaveLength(1);
  });

  it('is held up by no integration whose schedule fails', async () => {
    const { service, integration, due, scheduler, runs, world, owner, token } = await scheduled();
    world.addOrganization({ login: 'beta' }).join(owner);
    const second = await connect(service, token, { organization: 'beta' });
    const { manager } = service.dataSource;
    await manager.update(GithubIntegration, { id: second.id }, { nextSyncAt: due });
    const unknown = { scheduleZone: 'Mars/Olympus' };
    await manager.update(GithubIntegration, { id: integration.id }, unknown);
    await scheduler().startDue(due);
    expect(await runs()).toEqual([]);
    const [run] = await manager.findBy(MemberSyncRun, { integrationId: second.id });
    expect(run).toMatchObject({ trigger: 'schedule' });
    await finished(service, run?.id ?? 0);
  });

  it.each([true, false])(
    'leaves alone what is disconnected while it looks, kept: %s',
    async (keepDirectory) => {
      const { service, integration, due, scheduler, world, owner, token } = await scheduled();
      world.addOrganization({ login: 'beta' }).join(owner);
      const second = await connect(service, token, { organization: 'beta' });
      const schedules = service.app.get(IntegrationSchedules, { strict: false });
      await schedules.set(second, daily);
      const disconnection = service.app.get(IntegrationDisconnection, { strict: false });
      // Both were found to be due by then.
      const add = service.queue.add.bind(service.queue) as (...args: unknown[]) => Promise<never>;
      Object.assign(service.queue, {
        add: async (...args: unknown[]) => {
          await disconnection.disconnect(second, { keepDirectory });
          return add(...args);
        },
      });
      await scheduler().startDue(new Date(due.getTime() + DAY));
      const { manager } = service.dataSource;
      const [run, ...others] = await manager.find(MemberSyncRun);
      expect([run?.integrationId, others]).toEqual([integration.id, []]);
      expect(await finished(service, run?.id ?? 0)).toMatchObject({ state: 'complete' });
      const kept = await manager.findBy(GithubIntegration, { id: second.id });
      expect(kept.map(({ nextSyncAt }) => nextSyncAt)).toEqual(keepDirectory ? [null] : []);
    },
  );

  it('begins a thousand syncs of one time within half an hour, some each minute', async () => {
    const service = await startService({ ...way, consumes: false });
    const { manager } = service.dataSource;
    await insertIntegrations(service, 1_000, new Date('2026-11-23T12:00:00Z'));
    const { sync } = service.config;
    const handOver = service.app.get(RunHandOver, { strict: false });
    // No process works on runs here, so that they are not asked of any GitHub.
    const scheduler = new MemberSyncScheduler(service.dataSource, handOver, service.config);
    expect(sync.sweepSeconds).toBeLessThan(60);
    let before = 0;
    for (let minute = 0; minute < 30; minute++) {
      await scheduler.startDue(new Date(Date.parse('2026-11-24T03:00:59Z') + minute * 60_000));
      const all = await manager.count(MemberSyncRun);
      expect(all - before).toBeGreaterThan(10);
      expect(all - before).toBeLessThan(60);
      before = all;
    }
    expect(before).toBe(1_000);
  });

  it('catches up once with what was missed in a week', async () => {
    const { service, integration, due, scheduler, runs } = await scheduled();
    const late = new Date(due.getTime() + 7 * DAY + 1_000);
    await scheduler().startDue(late);
    await scheduler().startDue(late);
    expect(await runs()).toHaveLength(1);
    const { nextSyncAt } = await reload(service, integration.id);
    expect(nextSyncAt?.getTime()).toBeGreaterThan(late.getTime());
  });

  it('leaves a sync alone that is under way, and comes again the next time', async () => {
    const { service, integration, due, scheduler, runs, simulator } = await scheduled();
    const held = simulator.faults.on(/members/).hold();
    const { id } = await requestSync(service, integration.id);
    await scheduler().startDue(due);
    expect(await runs()).toHaveLength(1);
    held.release();
    await finished(service, id);
    const { nextSyncAt } = await reload(service, integration.id);
    await scheduler().startDue(nextSyncAt as Date);
    expect(await runs()).toHaveLength(2);
  });

  it('waits for an admin where GitHub refused the token, until there is another', async () => {
    const { service, integration, due, scheduler, runs, world, token, owner } = await scheduled();
    world.revokeToken(token);
    expect(await syncToEnd(service, integration.id)).toMatchObject({
      errorCode: 'bad_credentials',
    });
    await scheduler().startDue(due);
    expect(await runs()).toHaveLength(1);
    world.addToken({ token: 'ghp_another', user: owner });
    await connect(service, 'ghp_another');
    const { nextSyncAt } = await reload(service, integration.id);
    await scheduler().startDue(nextSyncAt as Date);
    expect((await runs()).map(({ trigger }) => trigger)).toEqual(['manual', 'schedule']);
  });

  it('is not set going again by an undo, which asks GitHub nothing', async () => {
    const { service, integration, due, scheduler, runs, ...github } = await scheduled();
    const { organization, owner, world, token } = github;
    await syncToEnd(service, integration.id);
    for (const user of organization.members.filter(({ id }) => id !== owner.id).slice(0, 1))
      organization.leave(user);
    const left = await syncToEnd(service, integration.id);
    world.revokeToken(token);
    await syncToEnd(service, integration.id);
    await service.app.get(RunUndo, { strict: false }).undo(left, 'ada@example.com');
    await scheduler().startDue(due);
    expect(await runs(), 'three syncs and the undo').toHaveLength(4);
  });

  it('forgets a schedule that is off', async () => {
    const { service, integration, due, scheduler, runs } = await scheduled();
    const off: Schedule = { ...daily, kind: 'off' };
    await service.app.get(IntegrationSchedules, { strict: false }).set(integration, off);
    await scheduler().startDue(new Date(due.getTime() + DAY));
    expect(await runs()).toEqual([]);
    const where = { id: integration.id };
    expect(await service.dataSource.manager.findOneBy(GithubIntegration, where)).toMatchObject({
      scheduleKind: 'off',
      nextSyncAt: null,
    });
  });
});
