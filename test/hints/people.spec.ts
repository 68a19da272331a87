import { describe, expect, it } from 'vitest';
import { MemberSyncRun } from '../../src/integrations/runs/member-sync-run.entity.js';
import { MemberChange } from '../../src/members/changes/member-change.entity.js';
import { ways } from '../support/service.js';
import { startHinted } from './support/hinted.js';

const OF_PEOPLE = { state: 'complete', scope: 'people', trigger: 'webhook', errorCode: null };

describe.each(ways)('a run for hints, $way', (way) => {
  it('looks at the hinted people alone', async () => {
    const { world, organization, others, hint, next, statusOf, memberOf, manager } =
      await startHinted(12, way);
    const [leaver, unseen, renamed, promoted] = others;
    if (!leaver || !unseen || !renamed || !promoted) throw new Error('There are too few people.');
    organization.leave(leaver);
    organization.leave(unseen);
    world.renameUser(renamed, 'new-name');
    organization.setRole(promoted, 'admin');
    const joiner = world.addUser();
    organization.join(joiner);
    await hint(leaver, renamed, promoted, joiner);
    const run = await next();
    expect(run).toMatchObject({ ...OF_PEOPLE, people: 4 });
    expect(run.result).toMatchObject({ created: 1, updated: 2, deactivated: 1, total: 4 });
    expect(await statusOf(leaver)).toBe('left');
    expect(await statusOf(unseen)).toBe('active');
    expect(await statusOf(joiner)).toBe('active');
    expect(await memberOf(renamed)).toMatchObject({ login: 'new-name' });
    expect(await memberOf(promoted)).toMatchObject({ role: 'admin' });
    const changes = await manager.findBy(MemberChange, { runId: run.id });
    expect(changes.map(({ kind }) => kind).sort()).toEqual(['joined', 'left', 'renamed', 'role']);
  });

  it('asks GitHub six times at most about one person, and writes what a whole run writes', async () => {
    const { world, organization, others, hint, next, memberOf, sync } = await startHinted(5, way);
    const [leaver] = others;
    if (!leaver) throw new Error('There is nobody.');
    organization.leave(leaver);
    await hint(leaver);
    const left = await next();
    expect(left.githubRequests).toBeLessThanOrEqual(6);
    const joiner = world.addUser({ twoFactor: false });
    organization.join(joiner);
    await hint(joiner);
    const joined = await next(left);
    expect(joined.githubRequests).toBeLessThanOrEqual(6);
    const { updatedAt, ...member } = (await memberOf(joiner)) ?? {};
    expect(member).toMatchObject({ status: 'active', twoFactorEnabled: false, role: 'member' });
    const whole = await sync();
    expect(whole.changeCounts).toEqual({});
    // Whole runs alone ask for verified addresses.
    expect(await memberOf(joiner)).toMatchObject({ ...member, verifiedEmails: [] });
  });

  it('hints of a moment are handled together, and a person once', async () => {
    const { manager, others, hint, next, waiting } = await startHinted(6, way);
    await hint(...others.slice(0, 2));
    await hint(...others.slice(1, 4));
    expect(await next()).toMatchObject({ ...OF_PEOPLE, people: 4 });
    expect(await waiting()).toBe(0);
    expect(await manager.countBy(MemberSyncRun, { scope: 'people' })).toBe(1);
  });

  it('syncs everybody where more than 100 people wait', async () => {
    const { organization, others, hint, next, statusOf, waiting } = await startHinted(130, way);
    const [first, , , last] = [others[0], others[1], others[2], others.at(-1)];
    if (!first || !last) throw new Error('There is nobody.');
    organization.leave(last);
    await hint(...others.slice(0, 101));
    expect(await next()).toMatchObject({ ...OF_PEOPLE, scope: 'everybody', people: null });
    expect(await statusOf(last)).toBe('left');
    expect(await waiting()).toBe(0);
  });

  it('a hint about everybody syncs everybody', async () => {
    const { organization, others, hint, next, statusOf } = await startHinted(8, way);
    const [leaver, hinted] = others;
    if (!leaver || !hinted) throw new Error('There is nobody.');
    organization.leave(leaver);
    await hint(hinted, null);
    expect(await next()).toMatchObject({ ...OF_PEOPLE, scope: 'everybody' });
    expect(await statusOf(leaver)).toBe('left');
  });

  it('an untrue hint changes nothing', async () => {
    const { world, organization, others, hint, store, next, manager, memberOf } = await startHinted(
      6,
      way,
    );
    const [member, another] = others;
    if (!member || !another) throw new Error('There is nobody.');
    const stranger = world.addUser();
    const joiner = world.addUser();
    organization.join(joiner);
    // GitHub never sent this: the node id is somebody else's.
    await store([joiner], another.nodeId);
    await hint(member, stranger, { id: 987_654_321 });
    const run = await next();
    expect(run).toMatchObject({ ...OF_PEOPLE, people: 4 });
    expect(run.result).toMatchObject({ created: 1, unchanged: 3, deactivated: 0, total: 4 });
    expect(await memberOf(joiner)).toMatchObject({ login: joiner.login, nodeId: joiner.nodeId });
    expect(await manager.countBy(MemberChange, { runId: run.id })).toBe(1);
  });

  it('a person in the directory whose login somebody else has now is asked for by id', async () => {
    const { world, organization, others, hint, next, memberOf } = await startHinted(6, way);
    const [one, other] = others;
    if (!one || !other) throw new Error('There is nobody.');
    world.swapLogins(one, other);
    organization.leave(other);
    await hint(one, other);
    const run = await next();
    expect(run.result).toMatchObject({ updated: 1, deactivated: 1 });
    expect(await memberOf(one)).toMatchObject({ login: one.login, status: 'active' });
    expect(await memberOf(other)).toMatchObject({ status: 'left' });
  });

  it('a suspended member without a profile stays, and a deleted account leaves', async () => {
    const { world, organization, others, hint, next, statusOf } = await startHinted(6, way);
    const [suspended, deleted] = others;
    if (!suspended || !deleted) throw new Error('There is nobody.');
    world.suspendUser(suspended);
    organization.leave(deleted);
    world.deleteUser(deleted);
    await hint(suspended, deleted);
    expect((await next()).result).toMatchObject({ deactivated: 1 });
    expect(await statusOf(suspended)).toBe('active');
    expect(await statusOf(deleted)).toBe('left');
  });
});
