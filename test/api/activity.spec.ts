import { describe, expect, it } from 'vitest';
import type { ActivityResponse } from '../../src/api/activity/activity.response.js';
import type { Page } from '../../src/api/shared/page.js';
import { Member } from '../../src/members/member.entity.js';
import type { ProblemResponse } from '../../src/platform/web/problem.response.js';
import { ways } from '../support/service.js';
import { connected } from './support/api.js';
import { everything } from './support/pages.js';
import { finishedRun } from './support/runs.js';

describe.each(ways)('the activity over the API, $way', (way) => {
  async function started() {
    const stage = await connected({ ...way, members: 20 });
    const { api, id, organization, owner, dataSource } = stage;
    const first = await finishedRun(api, id);
    const leavers = organization.members.filter(({ id }) => id !== owner.id).slice(0, 8);
    for (const leaver of leavers) organization.leave(leaver);
    const held = await finishedRun(api, id);
    await api.post(`/api/v1/member-syncs/${held.id}/removals`, { decision: 'reject' });
    const member = await dataSource.manager.findOneByOrFail(Member, { githubId: owner.id });
    for (const disabled of [true, false])
      await api.patch(`/api/v1/members/${member.id}`, { disabled });
    return { ...stage, first, held, leavers, path: `/api/v1/integrations/${id}/activity` };
  }

  it('has runs, decisions and what was done by hand, newest first, page by page', async () => {
    const { api, path, owner, first, held } = await started();
    const member = { githubId: owner.id, login: owner.login };
    const all = await everything<ActivityResponse>(api, path, 1);
    expect(all).toMatchObject([
      { kind: 'enabled', by: 'nightly-report', run: null, member },
      { kind: 'disabled', by: 'nightly-report', run: null, member },
      {
        ...{ kind: 'run', run: { id: held.id, number: 2 }, member: null },
        removals: { decision: 'reject', by: 'nightly-report' },
      },
      { kind: 'run', run: { id: first.id, number: 1 }, removals: null },
    ]);
    expect((await api.get<Page<ActivityResponse>>(path)).body.items).toEqual(all);
  });

  it('is filtered, and is CSV where that is accepted', async () => {
    const { api, path, owner } = await started();
    const kinds = async (query: string) =>
      (await api.get<Page<ActivityResponse>>(`${path}?${query}`)).body.items.map(
        ({ kind }) => kind,
      );
    expect(await kinds('kind=enabled')).toEqual(['enabled']);
    expect(await kinds('kind=sync')).toEqual(['run', 'run']);
    expect(await kinds(`person=${owner.login}&by=nightly`)).toEqual(['enabled', 'disabled', 'run']);
    const csv = await api.get(`${path}?kind=disabled`, { headers: { accept: 'text/csv' } });
    expect(csv.text.split('\r\n')).toEqual([
      expect.stringMatching(/^at,kind,by,run,runId,/),
      expect.stringMatching(new RegExp(`,disabled,nightly-report,.*,${owner.id},${owner.login}$`)),
      '',
    ]);
    const wrong = await api.get<ProblemResponse>(`${path}?kind=none`);
    expect(wrong).toMatchObject({ status: 422, body: { code: 'validation_failed' } });
    const cursor = await api.get<ProblemResponse>(`${path}?cursor=x`);
    expect(cursor).toMatchObject({ status: 422, body: { code: 'cursor_invalid' } });
  });
});

it('narrows the changes of a run to a person, and gives them as CSV', async () => {
  const { api, id, owner } = await connected({ members: 5 });
  const run = await finishedRun(api, id);
  const path = `/api/v1/member-syncs/${run.id}/changes?person=${owner.login}`;
  const { body } = await api.get<Page<{ githubId: number }>>(path);
  expect(body.items.map(({ githubId }) => githubId)).toEqual([owner.id]);
  const csv = await api.get(path, { headers: { accept: 'text/csv' } });
  expect(csv.text.split('\r\n')).toHaveLength(3);
});
