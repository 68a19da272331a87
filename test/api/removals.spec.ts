import { describe, expect, it } from 'vitest';
import type { ChangeResponse } from '../../src/api/member-syncs/change.response.js';
import type { HeldRemovalResponse } from '../../src/api/member-syncs/held-removal.response.js';
import type { RunResponse } from '../../src/api/member-syncs/run.response.js';
import type { Page } from '../../src/api/shared/page.js';
import { Member } from '../../src/members/member.entity.js';
import type { ProblemResponse } from '../../src/platform/web/problem.response.js';
import { MEMBER_PAGES } from '../../src/simulator/faults.js';
import { type ServiceOptions, ways } from '../support/service.js';
import { connected } from './support/api.js';
import { everything } from './support/pages.js';
import { finishedRun } from './support/runs.js';

/** A run that has held the removals of these people. */
async function held(options: ServiceOptions = {}) {
  const stage = await connected({ ...options, members: 20 });
  const { api, id, organization, owner } = stage;
  await finishedRun(api, id);
  const leavers = organization.members.filter(({ id }) => id !== owner.id).slice(0, 8);
  for (const leaver of leavers) organization.leave(leaver);
  const run = await finishedRun(api, id);
  return { ...stage, leavers, run, path: `/api/v1/member-syncs/${run.id}` };
}

describe.each(ways)('held removals over the API, $way', (way) => {
  it('are listed by name, all of them', async () => {
    const { api, path, leavers, run } = await held(way);
    expect(run).toMatchObject({ state: 'complete', result: { held: 8, deactivated: 0 } });
    const { body } = await api.get<Page<HeldRemovalResponse>>(`${path}/removals`);
    expect(body.nextCursor).toBeNull();
    expect(body.items).toHaveLength(8);
    expect(body.items).toEqual(
      expect.arrayContaining(
        leavers.map(({ id, login }) => ({ githubId: id, login, part: 'members' })),
      ),
    );
    const first = await api.get(`/api/v1/member-syncs/1/removals`);
    expect(first.body).toEqual({ items: [], nextCursor: null });
  });

  it('are applied when they are approved, exactly those, by the name of the token', async () => {
    const { api, path, leavers, run, dataSource } = await held(way);
    const approved = await api.post<RunResponse>(`${path}/removals`, { decision: 'approve' });
    expect(approved).toMatchObject({
      status: 200,
      body: { ...run, result: { ...run.result, held: 0, deactivated: 8 } },
    });
    expect((await api.get(path)).body).toEqual(approved.body);
    const changes = await everything<ChangeResponse>(api, `${path}/changes?kind=left`, 3);
    expect(new Set(changes.map(({ githubId }) => githubId))).toEqual(
      new Set(leavers.map(({ id }) => id)),
    );
    expect(new Set(changes.map(({ madeBy }) => madeBy))).toEqual(new Set(['nightly-report']));
    expect(await dataSource.manager.countBy(Member, { status: 'left' })).toBe(8);
  });

  it('are also those of GitHub teams and of memberships', async () => {
    const { api, id, organization, owner } = await connected({ ...way, members: 8 });
    const { teams } = organization;
    const [core, web] = [teams.create('Core'), teams.create('Web')];
    const people = organization.members.filter((user) => user !== owner);
    for (const team of [core, web]) for (const user of people) teams.add(team, user);
    await finishedRun(api, id);
    for (const user of people) teams.remove(core, user);
    teams.delete(web);
    const run = await finishedRun(api, id);
    expect(run.result).toMatchObject({ held: 0, parts: { teams: { removed: 0, held: 8 } } });
    const path = `/api/v1/member-syncs/${run.id}/removals`;
    const { items } = (await api.get<Page<HeldRemovalResponse>>(path)).body;
    const [login, ...others] = people.map((user) => user.login).toSorted();
    expect(items.map((item) => item.login)).toEqual([login, ...others, null]);
    const of = (name: string) => ({ id: expect.any(Number), name });
    expect([items[0], items.at(-1)]).toEqual([
      {
        ...{ githubId: expect.any(Number), login, part: 'teams' },
        ...{ githubTeam: of('Core'), memberships: 1 },
      },
      { githubId: null, login: null, part: 'teams', githubTeam: of('Web'), memberships: 7 },
    ]);
    const { body } = await api.post<RunResponse>(path, { decision: 'approve' });
    expect(body.result?.parts?.teams).toMatchObject({ changed: 1, removed: 1, held: 0 });
  });

  it('leave everybody as they were when they are rejected', async () => {
    const { api, path, run, dataSource } = await held(way);
    const rejected = await api.post(`${path}/removals`, { decision: 'reject' });
    expect(rejected).toMatchObject({ status: 200, body: run });
    expect(await dataSource.manager.countBy(Member, { status: 'active' })).toBe(20);
    const again = await api.post<ProblemResponse>(`${path}/removals`, { decision: 'approve' });
    expect(again).toMatchObject({ status: 409, body: { code: 'removals_decided' } });
  });

  it('are decided once, whoever asks at the same time', async () => {
    const { api, path, dataSource } = await held(way);
    const answers = await Promise.all(
      ['approve', 'reject', 'approve', 'reject'].map((decision) =>
        api.post<ProblemResponse>(`${path}/removals`, { decision }),
      ),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409]);
    const removed = await dataSource.manager.countBy(Member, { status: 'left' });
    const [first, , third] = answers;
    expect(removed).toBe(first?.status === 200 || third?.status === 200 ? 8 : 0);
  });

  it('are not to be decided when there are none, or newer runs', async () => {
    const { api, id, path, simulator } = await held(way);
    const codeOf = async (of: string) =>
      (await api.post<ProblemResponse>(`${of}/removals`, { decision: 'approve' })).body;
    const conflict = (code: string) => ({ status: 409, code });
    expect(await codeOf('/api/v1/member-syncs/1')).toMatchObject(conflict('nothing_held'));
    const waiting = simulator.faults.on(MEMBER_PAGES).hold();
    const newer = await api.post<RunResponse>(`/api/v1/integrations/${id}/member-syncs`);
    await waiting.arrived;
    expect(await codeOf(path)).toMatchObject(conflict('sync_unfinished'));
    waiting.release();
    await finishedRun(api, id, newer.body.id);
    expect(await codeOf(path)).toMatchObject(conflict('removals_stale'));
  });
});

it('takes a decision only in its form', async () => {
  const { api } = await connected();
  for (const body of [{}, { decision: 'maybe' }, { decision: true }, [], undefined]) {
    const answer = await api.post<ProblemResponse>('/api/v1/member-syncs/1/removals', body);
    expect({ sent: body, ...answer.body }).toMatchObject({
      sent: body,
      status: 422,
      code: 'validation_failed',
      detail: expect.stringContaining('decision must be approve or reject'),
    });
  }
  const malformed = await api.post('/api/v1/member-syncs/1/removals', '{"decision"');
  expect(malformed).toMatchObject({ status: 400, body: { code: 'malformed_body' } });
});

describe.each(ways)('undo over the API, $way', (way) => {
  it('is a run of its own, by the name of the token', async () => {
    const { api, id, organization, dataSource } = await connected({ ...way, members: 30 });
    await finishedRun(api, id);
    const [, leaver] = organization.members;
    if (!leaver) throw new Error('The organization is too small.');
    organization.leave(leaver);
    const run = await finishedRun(api, id);
    const undone = await api.post<RunResponse>(`/api/v1/member-syncs/${run.id}/undo`);
    expect(undone).toMatchObject({
      status: 201,
      body: {
        state: 'complete',
        requestedBy: 'nightly-report',
        result: { reactivated: 1, updated: 1, total: 1 },
      },
    });
    const location = undone.headers.get('Location');
    expect(location).toBe(`/api/v1/member-syncs/${undone.body.id}`);
    expect((await api.get(`${location}`)).body).toEqual(undone.body);
    const changes = await everything<ChangeResponse>(api, `${location}/changes`, 3);
    expect(changes).toMatchObject([
      { kind: 'returned', githubId: leaver.id, madeBy: 'nightly-report' },
    ]);
    expect(await dataSource.manager.countBy(Member, { status: 'active' })).toBe(30);
    const again = await api.post(`/api/v1/member-syncs/${run.id}/undo`);
    expect(again).toMatchObject({ status: 409, body: { code: 'nothing_to_undo' } });
  });

  it('waits until the run is finished', async () => {
    const { api, id, simulator } = await connected(way);
    const waiting = simulator.faults.on(MEMBER_PAGES).hold();
    const { body } = await api.post<RunResponse>(`/api/v1/integrations/${id}/member-syncs`);
    await waiting.arrived;
    const refused = await api.post(`/api/v1/member-syncs/${body.id}/undo`);
    expect(refused).toMatchObject({ status: 409, body: { code: 'sync_unfinished' } });
    waiting.release();
    await finishedRun(api, id, body.id);
  });
});
