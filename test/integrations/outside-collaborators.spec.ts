import { describe, expect, it } from 'vitest';
import { IntegrationPart } from '../../src/integrations/parts/integration-part.entity.js';
import { HeldRemovals } from '../../src/integrations/removals/held-removals.js';
import { RunUndo } from '../../src/integrations/removals/run-undo.js';
import { removalDecision } from '../../src/integrations/runs/removal-decision.js';
import { shownStatus } from '../../src/members/affiliation.js';
import { MemberChange } from '../../src/members/changes/member-change.entity.js';
import type { MemberFilter } from '../../src/members/listing/member-query.js';
import { MembersService } from '../../src/members/listing/members.service.js';
import { Member } from '../../src/members/member.entity.js';
import { PastDirectories } from '../../src/members/past/past-directories.js';
import { setDisabled } from '../support/disabling.js';
import { startConnected, syncToEnd } from '../support/runs.js';
import { ways } from '../support/service.js';
import { listenTo } from '../support/statements.js';

const LIST = /outside_collaborators\?/;

describe.each(ways)('outside collaborators in the directory, $way', (way) => {
  async function start(members: number, collaborators: number) {
    const { service, integration, ...github } = await startConnected(members, way);
    const { world, organization } = github;
    const people = Array.from({ length: collaborators }, () => world.addUser());
    for (const user of people) organization.collaborators.add(user);
    const { manager } = service.dataSource;
    const directory = service.app.get(MembersService, { strict: false });
    const listed = async (filter: MemberFilter) =>
      (await directory.page({ integrationId: integration.id, limit: 100, ...filter })).members;
    const ids = async (filter: MemberFilter) =>
      (await listed(filter)).map(({ githubId }) => githubId).toSorted();
    const changes = async (githubId: number) =>
      (await manager.find(MemberChange, { where: { githubId }, order: { id: 'ASC' } })).map(
        ({ kind }) => kind,
      );
    const part = () => manager.findOneBy(IntegrationPart, { part: 'outsideCollaborators' });
    const sync = () => syncToEnd(service, integration.id);
    const counts = () => directory.counts(integration.id);
    const get = <T>(type: new (...given: never[]) => T): T =>
      service.app.get(type, { strict: false });
    const asked = { ...github, service, integration, people, changes, part, sync, counts };
    return { ...asked, listed, ids, get, manager };
  }
  const collaborators = (status: MemberFilter['statuses'][number]): MemberFilter => ({
    statuses: [status],
    affiliation: 'outside_collaborator',
  });
  const ACTIVE = collaborators('active');
  const LEFT = collaborators('left');
  const LEFT_MEMBERS: MemberFilter = { statuses: ['left'], affiliation: 'member' };

  it('are added, removed and added again, and turn into members and back', async () => {
    const { organization, owner, people, changes, counts, sync, ids, part, service, integration } =
      await start(4, 3);
    const [one, two, three] = people as [never, never, never];
    expect((await sync()).result?.parts?.outsideCollaborators).toMatchObject({
      added: 3,
      total: 3,
    });
    expect(await ids(ACTIVE)).toEqual(people.map(({ id }) => id).toSorted());
    expect(await counts()).toEqual({ active: 4, left: 0, disabled: 0 });
    const before = new Date();

    organization.collaborators.remove(one);
    organization.join(two);
    const member = organization.members.find(({ id }) => id !== owner.id && id !== people[1]?.id);
    organization.leave(member as never);
    organization.collaborators.add(member as never);
    const run = await sync();
    expect(run.result).toMatchObject({ created: 1, deactivated: 1, total: 4 });
    expect(await ids(ACTIVE)).toEqual([people[2]?.id, member?.id].toSorted());
    expect(await ids(LEFT)).toEqual([people[0]?.id]);
    expect(await ids(LEFT_MEMBERS)).toEqual([]);
    expect(await counts()).toEqual({ active: 4, left: 0, disabled: 0 });
    expect(await changes(people[1]?.id as never)).toEqual(['collaborator_added', 'joined']);
    expect(await changes(member?.id as never)).toEqual(['joined', 'left', 'collaborator_added']);
    const past = await service.app
      .get(PastDirectories, { strict: false })
      .asOf({ integrationId: integration.id, moment: before, prunedUntil: async () => null });
    const then = (await past.page({ ...ACTIVE, limit: 10 })).members;
    expect(then.map(({ githubId }) => githubId).toSorted()).toEqual(
      people.map(({ id }) => id).toSorted(),
    );
    expect(await past.counts('outside_collaborator')).toEqual({ active: 3, left: 0, disabled: 0 });
    expect(await past.counts()).toEqual({ active: 4, left: 0, disabled: 0 });

    organization.collaborators.add(one);
    organization.leave(two);
    organization.collaborators.remove(three);
    await sync();
    expect(await ids(ACTIVE)).toEqual([people[0]?.id, member?.id].toSorted());
    expect(await ids(LEFT_MEMBERS)).toEqual([people[1]?.id]);
    expect(await counts()).toEqual({ active: 3, left: 1, disabled: 0 });
    expect(await part()).toMatchObject({ state: 'complete', added: 1, removed: 1, total: 2 });
    const changed = await service.dataSource.manager.count(MemberChange);
    await sync();
    expect(await service.dataSource.manager.count(MemberChange)).toBe(changed);
  });

  it('stay as they are known where GitHub does not show them', async () => {
    const { simulator, service, sync, listed, ids, part } = await start(2, 8);
    await sync();
    const [disabled] = await listed(ACTIVE);
    await setDisabled(service, disabled as never, { disabled: true });
    const known = await ids(ACTIVE);
    expect(known).toHaveLength(7);
    const { asOf } = (await part()) ?? {};
    const faults = simulator.faults;
    const failing: [string, string, () => void][] = [
      ['403', 'not_visible', () => faults.on(LIST).status(403)],
      ['404', 'failed', () => faults.on(LIST).status(404)],
    ];
    for (const [what, state, fail] of failing) {
      fail();
      expect((await sync()).state, what).toBe('complete');
      faults.clear();
      expect(await part(), what).toMatchObject({ state, asOf, needs: expect.any(String) });
      expect(await ids(ACTIVE), what).toEqual(known);
    }
    faults.on(LIST).status(502);
    await sync();
    faults.on(LIST).cutJson();
    await sync();
    expect(await part()).toMatchObject({ state: 'complete', needs: null });
    expect(await ids(ACTIVE)).toEqual(known);
    expect((await listed(collaborators('disabled'))).map(shownStatus)).toEqual(['disabled']);
  });

  it('are held for an admin where too many seem to be gone', async () => {
    const { organization, people, sync, ids, part, counts, get, manager } = await start(4, 8);
    await sync();
    const known = await ids(ACTIVE);
    for (const user of people) organization.collaborators.remove(user);
    const held = await sync();
    expect(held).toMatchObject({ changeCounts: {}, result: { held: 8, deactivated: 0, total: 4 } });
    expect(await part()).toMatchObject({ state: 'complete', removed: 0, total: 0 });
    expect(await ids(ACTIVE)).toEqual(known);
    const [first, second, third, ...others] = await get(HeldRemovals).people(held);
    expect(first).toMatchObject({ part: 'outsideCollaborators', githubId: expect.any(Number) });
    const chosen = [first, second, third].map((person) => person?.githubId as number);
    await get(HeldRemovals).approvePart(held.id, chosen, 'ada');
    expect(await ids(LEFT)).toEqual(chosen.toSorted());

    const rest = await sync();
    expect(rest.result, 'few enough now, but nobody decided').toMatchObject({
      held: others.length,
    });
    expect((await sync()).result).toMatchObject({ held: 5 });
    organization.collaborators.add(people[7] as never);
    const last = await sync();
    const approved = await get(HeldRemovals).decide(last.id, 'approve', 'ada');
    expect(approved).toMatchObject({ changeCounts: { collaborator_removed: last.result?.held } });
    expect(approved.result).toMatchObject({ held: 0, deactivated: 0 });
    const removed = approved.result?.parts?.outsideCollaborators?.removed;
    expect(await part()).toMatchObject({ removed });
    expect(removalDecision(approved)).toMatchObject({ removals: removed, by: 'ada' });
    expect(await ids(ACTIVE)).toHaveLength(known.length - 3 - Number(removed));
    expect(await counts()).toEqual({ active: 4, left: 0, disabled: 0 });
    expect(
      await manager.countBy(MemberChange, { kind: 'collaborator_removed', madeBy: 'ada' }),
    ).toBe(3 + Number(removed));
  });

  it('are given back and taken away again when a run is undone', async () => {
    const { organization, owner, people, sync, counts, get, manager } = await start(6, 4);
    await sync();
    const [gone, member, back] = people as [never, never, never];
    organization.collaborators.remove(back);
    await sync();
    const standings = async () =>
      (await manager.find(Member, { order: { githubId: 'ASC' } })).map(
        ({ githubId, status, present, outside, role, joinedAt, leftAt }) => ({
          ...{ githubId, status, present, outside, role, joinedAt, leftAt },
        }),
      );
    const before = await standings();
    const countsBefore = await counts();
    organization.collaborators.remove(gone);
    organization.join(member);
    organization.collaborators.add(back);
    const outsider = organization.members.find(({ id }) => id !== owner.id) as never;
    organization.leave(outsider);
    organization.collaborators.add(outsider);
    const run = await sync();
    const after = await standings();
    const undo = get(RunUndo);
    expect(await undo.effect(run)).toMatchObject({
      ...{ back: 1, gone: 1, collaboratorsBack: 1, collaboratorsGone: 1, invited: 0 },
    });
    const undone = await undo.undo(run, 'ada');
    expect(undone.changeCounts).toEqual({
      ...{ returned: 1, left: 1, collaborator_added: 1, collaborator_removed: 1 },
    });
    expect(await standings()).toEqual(before);
    expect(await counts()).toEqual(countsBefore);
    await expect(undo.undo(run, 'ada')).rejects.toMatchObject({ code: 'nothing_to_undo' });
    await undo.undo(undone, 'ada');
    expect(await standings()).toEqual(after);
    expect((await sync()).changeCounts).toEqual({});
  });

  it('are read and compared with as few statements, however many they are', async () => {
    const { organization, world, service, sync } = await start(2, 3);
    await sync();
    const said = listenTo(service.dataSource);
    const statements = async () => {
      said.splice(0);
      expect((await sync()).changeCounts).toEqual({});
      return said.filter((sql) => /\bmembers\b/.test(sql)).length;
    };
    const few = await statements();
    for (let n = 0; n < 150; n++) organization.collaborators.add(world.addUser());
    await sync();
    expect(await statements()).toBeLessThanOrEqual(few + 2);
  });
});
