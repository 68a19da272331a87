import { describe, expect, it } from 'vitest';
import { IntegrationConnector } from '../../src/integrations/connecting/integration-connector.js';
import { IntegrationDisconnection } from '../../src/integrations/connecting/integration-disconnection.js';
import { Credential } from '../../src/integrations/connections/credential.entity.js';
import { Directories } from '../../src/integrations/connections/directories.js';
import { GithubIntegration } from '../../src/integrations/connections/github-integration.entity.js';
import { MemberSyncRequests } from '../../src/integrations/runs/member-sync-requests.js';
import { MemberSyncRun } from '../../src/integrations/runs/member-sync-run.entity.js';
import { IntegrationSchedules } from '../../src/integrations/schedules/integration-schedules.js';
import { MemberChange } from '../../src/members/changes/member-change.entity.js';
import { Member } from '../../src/members/member.entity.js';
import { MEMBER_PAGES } from '../../src/simulator/faults.js';
import { finished, reload, requestSync, startConnected, syncToEnd } from '../support/runs.js';
import { ways } from '../support/service.js';

const DAILY = { kind: 'daily', weekday: 1, time: '03:00', zone: 'UTC' } as const;

describe.each(ways)('disconnecting, $way', (way) => {
  async function start(options: { consumes?: boolean } = {}) {
    const stage = await startConnected(3, { ...way, ...options });
    const { service, integration } = stage;
    const { manager } = service.dataSource;
    const get = <T>(type: new (...args: never[]) => T) => service.app.get(type, { strict: false });
    const disconnect = (keepDirectory: boolean) =>
      get(IntegrationDisconnection).disconnect(integration, { keepDirectory });
    const connectAgain = () =>
      get(IntegrationConnector).connect({ teamId: 1, organization: 'acme', token: stage.token });
    const now = () => reload(service, integration.id);
    return { ...stage, manager, get, disconnect, connectAgain, now };
  }

  it('keeps the directory to be read, and nothing to sync with', async () => {
    const { service, manager, get, integration, disconnect, now } = await start();
    await syncToEnd(service, integration.id);
    await get(IntegrationSchedules).set(integration, DAILY);
    await disconnect(true);
    const kept = await now();
    expect(kept).toMatchObject({
      disconnectedAt: expect.any(Date),
      scheduleKind: 'off',
      nextSyncAt: null,
      memberSyncStatus: 'complete',
    });
    expect(await manager.find(Credential)).toMatchObject([
      { sealedSecret: '', expiresAt: null, sees: null, checkedAt: null },
    ]);
    expect(await manager.countBy(Member, { status: 'active' })).toBe(3);
    expect(await manager.count(MemberChange)).toBe(3);
    const past = await get(Directories).asOf(kept, new Date());
    const { members } = await past.page({
      integrationId: kept.id,
      statuses: ['active'],
      limit: 10,
    });
    expect(members).toHaveLength(3);
    await expect(requestSync(service, kept.id)).rejects.toMatchObject({
      status: 409,
      code: 'integration_disconnected',
    });
    expect(await manager.count(MemberSyncRun)).toBe(1);
    expect((await now()).memberSyncStatus).toBe('complete');
  });

  it('has no schedule any more, whoever sets one', async () => {
    const { get, integration, disconnect, now } = await start();
    await disconnect(true);
    await get(IntegrationSchedules).set(integration, DAILY);
    expect(await now()).toMatchObject({ scheduleKind: 'off', nextSyncAt: null });
  });

  it('is taken up with its history by who connects the organization again', async () => {
    const { service, manager, integration, disconnect, connectAgain, now, organization, others } =
      await start().then((stage) => ({
        ...stage,
        others: stage.organization.members.filter(({ id }) => id !== stage.owner.id),
      }));
    const first = await syncToEnd(service, integration.id);
    await disconnect(true);
    const [gone] = others;
    if (!gone) throw new Error('There is nobody.');
    organization.leave(gone);
    const { integration: again, replaced } = await connectAgain();
    expect([again.id, again.disconnectedAt, replaced]).toEqual([integration.id, null, true]);
    expect(await manager.countBy(GithubIntegration, {})).toBe(1);
    const second = await syncToEnd(service, integration.id);
    expect(second).toMatchObject({ state: 'complete', result: { created: 0, deactivated: 1 } });
    expect(second.id).toBeGreaterThan(first.id);
    expect((await now()).disconnectedAt).toBeNull();
    expect(await manager.count(MemberSyncRun)).toBe(2);
  });

  it('deletes everything where that is chosen, also afterwards', async () => {
    const { service, manager, integration, disconnect } = await start();
    await syncToEnd(service, integration.id);
    await disconnect(true);
    await disconnect(false);
    for (const entity of [GithubIntegration, Credential, Member, MemberChange, MemberSyncRun])
      expect(await manager.count(entity)).toBe(0);
    await disconnect(false);
  });

  it.each([true, false])('waits for an unfinished run, where it keeps: %s', async (keeps) => {
    const { service, manager, integration, disconnect, now, simulator } = await start();
    const held = simulator.faults.on(MEMBER_PAGES).hold();
    const run = await requestSync(service, integration.id);
    await held.arrived;
    await expect(disconnect(keeps)).rejects.toMatchObject({
      status: 409,
      code: 'member_sync_unfinished',
      remedy: expect.stringContaining('cancel'),
    });
    held.release();
    expect(await finished(service, run.id)).toMatchObject({ state: 'complete' });
    expect((await now()).disconnectedAt).toBeNull();
    expect((await manager.findOneByOrFail(Credential, {})).sealedSecret).not.toBe('');
  });

  it.each([true, false])(
    'and a sync asked for at once never both win, where it keeps: %s',
    async (keeps) => {
      const { manager, get, integration, disconnect } = await start({ consumes: false });
      const { id: integrationId } = integration;
      const request = { integrationId, trigger: 'manual', requestedBy: null } as const;
      const ends = await Promise.allSettled([
        get(MemberSyncRequests).open(request),
        disconnect(keeps),
        get(MemberSyncRequests).open(request),
      ]);
      const [asked, ended] = ends;
      const unfinished = await manager.countBy(MemberSyncRun, { integrationId });
      if (ended.status === 'fulfilled') expect(unfinished).toBe(0);
      else expect([asked.status, unfinished]).toEqual(['fulfilled', 1]);
      for (const end of ends)
        if (end.status === 'rejected') expect(end.reason).toMatchObject({ status: 409 });
    },
  );
});
