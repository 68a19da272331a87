import { describe, expect, it } from 'vitest';
import { HeldRemovals } from '../../src/integrations/removals/held-removals.js';
import { RunUndo } from '../../src/integrations/removals/run-undo.js';
import { MemberSyncRun } from '../../src/integrations/runs/member-sync-run.entity.js';
import { MemberSyncRuns } from '../../src/integrations/runs/member-sync-runs.js';
import { memberSyncStatus } from '../../src/integrations/runs/member-sync-status.js';
import { removalDecision } from '../../src/integrations/runs/removal-decision.js';
import { MemberChange } from '../../src/members/changes/member-change.entity.js';
import { startWithTeams } from '../support/github-teams.js';
import { reload } from '../support/runs.js';
import { ways } from '../support/service.js';

describe.each(ways)('removals from GitHub teams above the limits, $way', (way) => {
  async function start() {
    const started = await startWithTeams(12, way);
    const { service, integration, teams, people, sync } = started;
    const get = <T>(type: new (...given: never[]) => T): T =>
      service.app.get(type, { strict: false });
    const [core, web, api] = [teams.create('Core'), teams.create('Web'), teams.create('API')];
    for (const team of [core, web, api]) for (const user of people) teams.add(team, user);
    await sync();
    const status = async () => {
      const latest = await get(MemberSyncRuns).latest(integration.id);
      return memberSyncStatus(await reload(service, integration.id), latest);
    };
    const { manager } = service.dataSource;
    return {
      ...started,
      ...{ removals: get(HeldRemovals), undo: get(RunUndo), status },
      ...{ core, web, api, manager },
    };
  }

  it('wait for an admin, who approves exactly those; an undo gives them back', async () => {
    const one = await start();
    const { teams, people, sync, part, places, slugs, atGithub, removals, undo, status } = one;
    const { core, web, api, manager } = one;
    const known = await places();
    teams.rename(web, 'Site');
    for (const user of people) teams.remove(core, user);
    teams.delete(api);
    const run = await sync();
    expect(run.changeCounts).toEqual({ team_renamed: 1 });
    expect(run.result).toMatchObject({ held: 0 });
    expect(run.result?.parts?.teams).toEqual({
      ...{ state: 'complete', added: 0, changed: 1, removed: 0, total: 2, held: 12 },
    });
    expect(await part()).toMatchObject({ state: 'complete', needs: null, removed: 0 });
    expect(await places()).toEqual(known);
    expect(await status()).toMatchObject({ status: 'held', held: { people: 0, ofTeams: 12 } });
    const [deleted, first, ...others] = await removals.ofTeams(run);
    expect(deleted).toMatchObject({
      ...{ teamName: 'API', login: '', githubId: 0, placeId: null, memberships: 11 },
      memberId: null,
    });
    expect(first).toMatchObject({ teamName: 'Core', memberships: 1, memberId: expect.any(Number) });
    expect([first, ...others].map((held) => held?.login)).toEqual(
      people.map(({ login }) => login).toSorted(),
    );

    const approved = await removals.decide(run.id, 'approve', 'ada');
    expect(approved.changeCounts).toEqual({ team_renamed: 1, team_left: 22, team_deleted: 1 });
    expect(approved.result?.parts?.teams).toMatchObject({ changed: 2, removed: 1, held: 0 });
    expect(await part()).toMatchObject({ changed: 2, removed: 1 });
    expect(removalDecision(approved)).toMatchObject({ isApproval: true, by: 'ada', removals: 12 });
    expect(await manager.countBy(MemberChange, { runId: run.id, madeBy: 'ada' })).toBe(23);
    expect(await places()).toEqual(atGithub());
    expect(await status()).toMatchObject({ status: 'complete', held: undefined });
    expect((await sync()).changeCounts).toEqual({});

    expect(await undo.effect(approved)).toMatchObject({ githubTeams: 2, places: 22 });
    await undo.undo(approved, 'ada');
    expect(await slugs()).toEqual(['core', 'web', 'api']);
    expect(await places()).toEqual(known);
  });

  it('are decided with the people of the run, or rejected, and every run asks again', async () => {
    const one = await start();
    const { organization, teams, people, sync, places, removals, status, web, api, manager } = one;
    const stay = people.slice(0, 3);
    for (const user of people.slice(3)) organization.leave(user);
    teams.delete(api);
    await sync();
    const first = await sync();
    expect(first.result).toMatchObject({ held: 8 });
    expect(first.result?.parts?.teams, 'the leavers do not count').not.toHaveProperty('held');
    await removals.decide(first.id, 'reject', 'ada');
    const more = Array.from({ length: 9 }, (_, n) => teams.create(`More ${n}`));
    await sync();
    for (const team of more) teams.delete(team);
    const run = await sync();
    expect(run.result).toMatchObject({ held: 8, parts: { teams: { held: 9 } } });
    expect(await status()).toMatchObject({ held: { people: 8, ofTeams: 9, all: 17 } });
    const ids = (await removals.people(run)).map(({ githubId }) => githubId);
    await removals.approvePart(run.id, ids, 'ada');
    const rest = await manager.findOneByOrFail(MemberSyncRun, { id: run.id });
    expect(rest).toMatchObject({ removalDecision: null, result: { held: 0 } });
    expect(await status()).toMatchObject({ status: 'held', held: { people: 0, ofTeams: 9 } });
    const before = await places();
    const rejected = await removals.decide(run.id, 'reject', 'bob');
    expect(removalDecision(rejected)).toMatchObject({ isApproval: false, by: 'bob', removals: 9 });
    expect(await places()).toEqual(before);
    const again = await sync();
    expect(again.result).toMatchObject({ held: 0, parts: { teams: { held: 9 } } });
    await expect(removals.decide(run.id, 'approve', 'ada')).rejects.toThrow('A newer run');
    teams.add(web, stay[0] as never);
    expect((await removals.decide(again.id, 'approve', 'ada')).changeCounts).toEqual({
      team_deleted: 9,
    });
    expect((await sync()).changeCounts).toEqual({});
  });
});
