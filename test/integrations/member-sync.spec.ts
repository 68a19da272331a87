import { describe, expect, it } from 'vitest';
import { Member } from '../../src/members/member.entity.js';
import { MEMBER_PAGES } from '../../src/simulator/faults.js';
import {
  connect,
  finished,
  reload,
  requestSync,
  startConnected,
  syncToEnd,
} from '../support/runs.js';
import { ways } from '../support/service.js';

describe.each(ways)('a member sync, $way', (way) => {
  const start = (members = 3) => startConnected(members, way);

  it('says syncing before the work starts, and complete with time and counts after it', async () => {
    const { simulator, service, integration } = await start();
    const held = simulator.faults.on(MEMBER_PAGES).hold();
    const before = Date.now();
    const { id } = await requestSync(service, integration.id);
    const asked = await reload(service, integration.id);
    expect(asked.memberSyncStatus).toBe('syncing');
    expect(asked.memberSyncStartedAt?.getTime()).toBeGreaterThanOrEqual(before);
    expect(asked.memberSyncCompletedAt).toBeNull();
    await held.arrived;
    held.release();
    const run = await finished(service, id);
    expect(run.state).toBe('complete');
    const done = await reload(service, integration.id);
    expect(done).toMatchObject({ memberSyncStatus: 'complete', memberSyncError: '' });
    expect(done.memberSyncCompletedAt?.getTime()).toBeGreaterThanOrEqual(before);
    expect(done.memberSyncResult).toEqual({
      created: 3,
      updated: 0,
      unchanged: 0,
      failed: 0,
      deactivated: 0,
      reactivated: 0,
      held: 0,
      total: 3,
    });
  });

  it('stores everybody as GitHub has them', async () => {
    const { service, integration, organization, owner } = await start(250);
    const run = await syncToEnd(service, integration.id);
    expect(run.result).toMatchObject({ created: 250, total: 250, failed: 0 });
    const members = await service.dataSource.manager.find(Member, { order: { githubId: 'ASC' } });
    const truth = [...organization.members];
    const byId = (a: { id: number }, b: { id: number }) => a.id - b.id;
    expect(members.map(({ githubId, login, name }) => ({ githubId, login, name }))).toEqual(
      truth.sort(byId).map(({ id, login, name }) => ({ githubId: id, login, name: name ?? '' })),
    );
    expect(members.find(({ githubId }) => githubId === owner.id)).toMatchObject({
      role: 'admin',
      status: 'active',
    });
  });

  it('says error and what to do when the token is revoked', async () => {
    const { service, integration, world, token } = await start();
    world.revokeToken(token);
    const run = await syncToEnd(service, integration.id);
    expect(run).toMatchObject({ state: 'error', errorCode: 'bad_credentials', result: null });
    const { memberSyncStatus, memberSyncError, memberSyncResult } = await reload(
      service,
      integration.id,
    );
    expect(memberSyncStatus).toBe('error');
    expect(memberSyncError).toMatch(/token.*Connect the organization again/);
    expect(memberSyncError).not.toContain(token);
    expect(memberSyncResult).toBeNull();
  });

  it('counts who joined, left, returned and changed', async () => {
    const { service, integration, world, organization } = await start(12);
    await syncToEnd(service, integration.id);
    const [, first, second] = organization.members;
    if (!first || !second) throw new Error('The organization has too few members.');
    organization.leave(first);
    organization.join(world.addUser());
    world.renameUser(second, 'renamed-one');
    const changed = await syncToEnd(service, integration.id);
    expect(changed.result).toMatchObject({
      created: 1,
      updated: 1,
      unchanged: 10,
      deactivated: 1,
      total: 12,
    });
    const left = await service.dataSource.manager.findOneByOrFail(Member, { githubId: first.id });
    expect(left).toMatchObject({ status: 'left', present: false });
    organization.join(first);
    const back = await syncToEnd(service, integration.id);
    expect(back.result).toMatchObject({
      created: 0,
      updated: 1,
      reactivated: 1,
      unchanged: 12,
      total: 13,
    });
    const returned = await service.dataSource.manager.findOneByOrFail(Member, {
      githubId: first.id,
    });
    expect(returned).toMatchObject({ id: left.id, status: 'active', leftAt: null });
  });

  it('asks for profiles in bulk', async () => {
    const { simulator, service, integration } = await start(250);
    simulator.requests.reset();
    await syncToEnd(service, integration.id);
    // The other parts ask for verified addresses in bulk too, and have few requests beside.
    expect(simulator.requests.charged).toBeLessThanOrEqual(3.2 * 2.5 + 18);
    expect(simulator.requests.count(/\/users\//)).toBe(0);
  });

  it('gives back the unfinished run when it is asked again', async () => {
    const { simulator, service, integration } = await start();
    const held = simulator.faults.on(MEMBER_PAGES).hold();
    const first = await requestSync(service, integration.id);
    await held.arrived;
    const again = await Promise.all(
      Array.from({ length: 10 }, () => requestSync(service, integration.id)),
    );
    expect(new Set(again.map(({ id }) => id))).toEqual(new Set([first.id]));
    held.release();
    await finished(service, first.id);
    expect((await requestSync(service, integration.id)).id).not.toBe(first.id);
  });

  it('removes nobody when the list cannot be read to its end', async () => {
    const { simulator, service, integration } = await start(250);
    await syncToEnd(service, integration.id);
    simulator.faults.on(/members.*[?&]page=2\b/, { times: Number.POSITIVE_INFINITY }).status(404);
    const run = await syncToEnd(service, integration.id);
    expect(run.state).toBe('error');
    expect(await service.dataSource.manager.countBy(Member, { status: 'active' })).toBe(250);
  });

  it('removes nobody when the credential sees public members only', async () => {
    const { service, integration, organization, owner } = await start(12);
    await syncToEnd(service, integration.id);
    organization.leave(owner);
    const run = await syncToEnd(service, integration.id);
    expect(run).toMatchObject({ state: 'error', errorCode: 'visibility_reduced' });
    expect(await service.dataSource.manager.countBy(Member, { status: 'active' })).toBe(12);
  });

  it("does not hold up another organization's", async () => {
    const { simulator, service, integration, world, owner, token } = await start(250);
    const small = world.addOrganization({ login: 'small' });
    small.join(owner, { role: 'admin' });
    const other = await connect(service, token, { organization: 'small' });
    const held = simulator.faults.on(/\/members\?.*\bpage=2\b/).hold();
    const large = await requestSync(service, integration.id);
    await held.arrived;
    expect(await syncToEnd(service, other.id)).toMatchObject({ state: 'complete' });
    held.release();
    expect(await finished(service, large.id)).toMatchObject({ state: 'complete' });
  });
});
