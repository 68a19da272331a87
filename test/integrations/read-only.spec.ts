import { describe, expect, it } from 'vitest';
import { IntegrationDisconnection } from '../../src/integrations/connecting/integration-disconnection.js';
import { HeldRemovals } from '../../src/integrations/removals/held-removals.js';
import { RunUndo } from '../../src/integrations/removals/run-undo.js';
import { MemberSyncRun } from '../../src/integrations/runs/member-sync-run.entity.js';
import { MemberChange } from '../../src/members/changes/member-change.entity.js';
import { Member } from '../../src/members/member.entity.js';
import { afterLeaving } from '../pages/support/pages.js';
import { setDisabled } from '../support/disabling.js';
import { reload } from '../support/runs.js';
import { ways } from '../support/service.js';

const refused = { status: 409, code: 'integration_disconnected' };

describe.each(ways)('the directory of a disconnected organization, $way', (way) => {
  async function start(leavers: number) {
    const stage = await afterLeaving(leavers, way);
    const { service, integration } = stage;
    const { manager } = service.dataSource;
    const get = <T>(type: new (...args: never[]) => T) => service.app.get(type, { strict: false });
    const disconnect = () =>
      get(IntegrationDisconnection).disconnect(integration, { keepDirectory: true });
    const someone = await manager.findOneByOrFail(Member, { status: 'active' });
    const disable = () => setDisabled(service, someone, { disabled: true });
    const changes = () => manager.count(MemberChange);
    return { ...stage, manager, get, disconnect, disable, changes };
  }

  it('is not changed by who disables somebody', async () => {
    const { disable, disconnect, changes, manager } = await start(1);
    const before = await changes();
    await disconnect();
    await expect(disable()).rejects.toMatchObject(refused);
    expect([await changes(), await manager.countBy(Member, { status: 'disabled' })]).toEqual([
      before,
      0,
    ]);
  });

  it('is not changed after the disconnection, however close both come', async () => {
    const { disable, disconnect, manager, service, integration } = await start(1);
    const [disabled] = await Promise.allSettled([disable(), disconnect()]);
    const { disconnectedAt } = await reload(service, integration.id);
    const change = await manager.findOneBy(MemberChange, { kind: 'disabled' });
    if (disabled.status === 'rejected') expect(disabled.reason).toMatchObject(refused);
    expect(change !== null).toBe(disabled.status === 'fulfilled');
    if (change) expect(Number(change.madeAt)).toBeLessThanOrEqual(Number(disconnectedAt));
  });

  it('is not changed by an undo of its last run', async () => {
    const { get, disconnect, changes, manager, run, admin, runs } = await start(2);
    const [before, count] = [await changes(), await manager.count(MemberSyncRun)];
    expect((await admin.get(`${runs}/${run.id}`)).text).toContain(`${run.id}/undo"`);
    await disconnect();
    await expect(get(RunUndo).undo(run, 'ada@example.com')).rejects.toMatchObject(refused);
    expect([await changes(), await manager.count(MemberSyncRun)]).toEqual([before, count]);
    expect((await admin.get(`${runs}/${run.id}`)).text).not.toContain(`${run.id}/undo"`);
    expect((await admin.get(`${runs}/${run.id}/undo`)).status).toBe(409);
    expect((await admin.post(`${runs}/${run.id}/undo`)).status).toBe(409);
  });

  it('has no removals to decide', async () => {
    const { get, disconnect, changes, manager, run, admin, runs, page } = await start(8);
    expect(run.result).toMatchObject({ held: 8 });
    const before = await changes();
    await disconnect();
    for (const decision of ['approve', 'reject'] as const)
      await expect(get(HeldRemovals).decide(run.id, decision, 'ada')).rejects.toMatchObject(
        refused,
      );
    expect(await changes()).toBe(before);
    expect(await manager.findOneByOrFail(MemberSyncRun, { id: run.id })).toMatchObject({
      removalDecision: null,
    });
    for (const address of [page, runs, `${runs}/${run.id}`]) {
      const { text } = await admin.get(address);
      expect(text, address).not.toContain('value="approve"');
      expect(text, address).not.toContain('Needs a decision');
    }
    expect((await admin.get(`${runs}/${run.id}`)).text).toContain(
      'The organization is disconnected.',
    );
    const again = await admin.post(`${runs}/${run.id}/removals`, { decision: 'approve' });
    expect(again.status).toBe(409);
  });
});
