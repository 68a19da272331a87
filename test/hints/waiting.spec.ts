import { describe, expect, it } from 'vitest';
import { Hint } from '../../src/integrations/hints/hint.entity.js';
import { HintSweeper } from '../../src/integrations/hints/hint-sweeper.js';
import { MemberSyncCancellation } from '../../src/integrations/runs/member-sync-cancellation.js';
import { MemberSyncRun } from '../../src/integrations/runs/member-sync-run.entity.js';
import { GRAPHQL, MEMBER_PAGES } from '../../src/simulator/faults.js';
import { finished, requestSync, startConnected } from '../support/runs.js';
import { ways } from '../support/service.js';
import { until } from '../support/until.js';
import { startHinted } from './support/hinted.js';

/** Asked after the standings. */
const TWO_FACTOR = /filter=2fa_disabled/;
const STANDING = /^GET \/orgs\/[^/]+\/memberships\//;

describe.each(ways)('hints that wait, $way', (way) => {
  it('wait for the end of a run, and one that came before it is not looked at twice', async () => {
    const { service, simulator, organization, integration, others, hint, store, next, statusOf } =
      await startHinted(6, way);
    const [before, during] = others;
    if (!before || !during) throw new Error('There is nobody.');
    await store([before]);
    const list = simulator.faults.on(MEMBER_PAGES).hold();
    const whole = await requestSync(service, integration.id);
    await list.arrived;
    // The list may have been answered before somebody left.
    organization.leave(during);
    await hint(during);
    list.release();
    await finished(service, whole.id);
    const run = await next(whole);
    expect(run).toMatchObject({ scope: 'people', people: 1 });
    expect(await statusOf(during)).toBe('left');
  });

  it('a hint that comes while a run of everybody waits for a limit is handled after it', async () => {
    const { service, simulator, integration, manager, others, hint, next } = await startHinted(
      6,
      way,
    );
    const [person] = others;
    if (!person) throw new Error('There is nobody.');
    // The list is read before the limit is met.
    simulator.faults.on(GRAPHQL, { times: 1 }).rateLimited(1);
    const whole = await requestSync(service, integration.id);
    await until(() => manager.existsBy(MemberSyncRun, { id: whole.id, state: 'waiting' }));
    await hint(person);
    const ended = await finished(service, whole.id);
    expect(ended).toMatchObject({ state: 'complete', epoch: 2 });
    expect(await next(whole)).toMatchObject({ scope: 'people', people: 1 });
  });

  it('a hint that comes while its person is looked at is handled after it', async () => {
    const { simulator, organization, others, hint, next, statusOf, waiting } = await startHinted(
      6,
      way,
    );
    const [person] = others;
    if (!person) throw new Error('There is nobody.');
    const asked = simulator.faults.on(TWO_FACTOR).hold();
    await hint(person);
    await asked.arrived;
    organization.leave(person);
    await hint(person);
    asked.release();
    const first = await next();
    expect(first.result).toMatchObject({ unchanged: 1, deactivated: 0 });
    expect((await next(first)).result).toMatchObject({ deactivated: 1 });
    expect(await statusOf(person)).toBe('left');
    expect(await waiting()).toBe(0);
  });

  it('are tried again later after a failed run', async () => {
    const { simulator, manager, organization, others, hint, next, statusOf, get } =
      await startHinted(6, way);
    const [person] = others;
    if (!person) throw new Error('There is nobody.');
    organization.leave(person);
    simulator.faults.on(STANDING, { times: 1 }).status(403);
    await hint(person);
    const failed = await next();
    expect(failed).toMatchObject({ state: 'error', errorCode: 'missing_permission' });
    const [waits] = await manager.find(Hint);
    expect(waits).toMatchObject({ runId: 0, tries: 1 });
    expect(waits?.notBefore?.getTime()).toBeGreaterThan(Date.now());
    await get(HintSweeper).sweep();
    expect(await manager.countBy(MemberSyncRun, { scope: 'people' })).toBe(1);
    await manager.update(Hint, { id: waits?.id ?? 0 }, { notBefore: new Date() });
    expect((await next(failed)).result).toMatchObject({ deactivated: 1 });
    expect(await statusOf(person)).toBe('left');
  });

  it('one person about whom GitHub contradicts itself is tried again, and the others are applied', async () => {
    const { simulator, manager, organization, others, hint, next, statusOf } = await startHinted(
      6,
      way,
    );
    const [unclear, leaver] = others;
    if (!unclear || !leaver) throw new Error('There is nobody.');
    organization.leave(leaver);
    const standing = new RegExp(`memberships/${unclear.login}$`);
    simulator.faults.on(standing, { times: 1 }).status(404);
    await hint(unclear, leaver);
    const run = await next();
    expect(run.result).toMatchObject({ deactivated: 1, failed: 1, total: 2 });
    expect(await statusOf(unclear)).toBe('active');
    const [waits] = await manager.find(Hint);
    expect(waits).toMatchObject({ runId: 0, tries: 1, subject: String(unclear.id) });
  });

  it('go with a run that somebody cancels', async () => {
    const { simulator, others, hint, next, get, waiting, manager } = await startHinted(6, way);
    const asked = simulator.faults.on(STANDING).hold();
    await hint(...others);
    await asked.arrived;
    const [run] = await manager.find(MemberSyncRun, { where: { scope: 'people' } });
    if (!run) throw new Error('There is no run.');
    await get(MemberSyncCancellation).cancel(run, 'ada@example.com');
    asked.release();
    expect(await next()).toMatchObject({ state: 'cancelled' });
    expect(await waiting()).toBe(0);
  });

  it('start no run before the first complete sync', async () => {
    const env = { WEBHOOK_GATHER_MS: '0' };
    const { service, integration } = await startConnected(3, { ...way, env });
    const { manager } = service.dataSource;
    await manager.insert(Hint, {
      integrationId: integration.id,
      subject: '17',
      hintedAt: new Date(Date.now() - 60_000),
    });
    await service.app.get(HintSweeper, { strict: false }).sweep();
    expect(await manager.count(MemberSyncRun)).toBe(0);
    const { id } = await requestSync(service, integration.id);
    await finished(service, id);
    await until(async () => (await manager.count(Hint)) === 0);
    expect(await manager.count(MemberSyncRun)).toBe(1);
  });

  it('are found by the sweep, where the process that stored them is gone', async () => {
    const { organization, others, store, next, statusOf } = await startHinted(6, way);
    const [person] = others;
    if (!person) throw new Error('There is nobody.');
    organization.leave(person);
    await store([person]);
    expect((await next()).result).toMatchObject({ deactivated: 1 });
    expect(await statusOf(person)).toBe('left');
  });

  it('are not lost with a worker that takes them for a run that has ended', async () => {
    const { integration, manager, first, organization, others, next, statusOf } = await startHinted(
      6,
      way,
    );
    const [person] = others;
    if (!person) throw new Error('There is nobody.');
    organization.leave(person);
    const taken = { integrationId: integration.id, runId: first.id, subject: String(person.id) };
    await manager.insert(Hint, { ...taken, hintedAt: new Date() });
    expect((await next()).result).toMatchObject({ deactivated: 1 });
    expect(await statusOf(person)).toBe('left');
  });

  it.each([
    ['a revoked token', 'bad_credentials', (s: Started) => s.world.revokeToken(s.token)],
    ['an owner who left', 'visibility_reduced', (s: Started) => s.organization.leave(s.owner)],
  ])('nobody is removed with %s', async (_, code, change) => {
    const context = await startHinted(6, way);
    const [person] = context.others;
    if (!person) throw new Error('There is nobody.');
    change(context);
    await context.hint(person);
    expect(await context.next()).toMatchObject({ state: 'error', errorCode: code });
    expect(await context.statusOf(person)).toBe('active');
  });
});

type Started = Awaited<ReturnType<typeof startHinted>>;
