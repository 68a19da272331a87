import { describe, expect, it } from 'vitest';
import { GithubIntegration } from '../../src/integrations/github-integration.entity.js';
import { MemberSyncRun } from '../../src/integrations/member-sync-run.entity.js';
import { IntegrationSchedules } from '../../src/integrations/schedules/integration-schedules.service.js';
import { MemberSyncScheduler } from '../../src/integrations/schedules/member-sync-scheduler.service.js';
import { type Schedule } from '../../src/integrations/schedules/schedule.js';
import {
  connect,
  finished,
  reload,
  requestSync,
  startConnected,
  syncToEnd,
} from '../support/runs.js';
import { ways } from '../support/service.js';

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
