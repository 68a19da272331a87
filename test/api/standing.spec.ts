import { describe, expect, it } from 'vitest';
import type { MemberResponse } from '../../src/api/members/member.response.js';
import type { Page } from '../../src/api/shared/page.js';
import { MemberChange } from '../../src/members/changes/member-change.entity.js';
import type { ProblemResponse } from '../../src/platform/web/problem.response.js';
import { ways } from '../support/service.js';
import { connected } from './support/api.js';
import { finishedRun } from './support/runs.js';

describe.each(ways)('disabling a member over the API, $way', (way) => {
  it('stays until somebody enables them, and is kept with the name of the token', async () => {
    const { api, id, dataSource } = await connected(way);
    await finishedRun(api, id);
    const members = `/api/v1/integrations/${id}/members`;
    const [member] = (await api.get<Page<MemberResponse>>(`${members}?q=olga`)).body.items;
    const path = `/api/v1/members/${member?.id}`;
    const disabled = {
      ...member,
      status: 'disabled',
      disabledBy: 'nightly-report',
      disabledAt: expect.stringMatching(/^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/),
    };
    for (let twice = 0; twice < 2; twice++)
      expect(await api.patch(path, { disabled: true })).toMatchObject({
        status: 200,
        body: disabled,
      });
    await finishedRun(api, id);
    const listed = await api.get<Page<MemberResponse>>(`${members}?status=disabled`);
    expect(listed.body.items).toEqual([disabled]);
    expect((await api.patch(path, { disabled: false })).body).toEqual(member);
    const byHand = { runId: null, madeBy: 'nightly-report' };
    const changes = await dataSource.manager.findBy(MemberChange, { madeBy: 'nightly-report' });
    expect(changes).toMatchObject([
      { ...byHand, kind: 'disabled' },
      { ...byHand, kind: 'enabled' },
    ]);
  });
});

it('takes only true and false', async () => {
  const { api, id, dataSource } = await connected();
  await finishedRun(api, id);
  const wrong = [{}, { disabled: 'true' }, { disabled: 1 }, { disabled: null }, undefined];
  for (const body of [...wrong, { disabled: true, status: 'left' }]) {
    const answer = await api.patch<ProblemResponse>('/api/v1/members/1', body);
    expect({ sent: body, ...answer.body }).toMatchObject({
      sent: body,
      status: 422,
      code: 'validation_failed',
    });
  }
  expect(await dataSource.manager.countBy(MemberChange, { kind: 'disabled' })).toBe(0);
});
