import { describe, expect, it } from 'vitest';
import type { MemberDifferenceResponse } from '../../src/api/members/member-difference.response.js';
import type { Page } from '../../src/api/shared/page.js';
import { MemberChange } from '../../src/members/changes/member-change.entity.js';
import type { ProblemResponse } from '../../src/platform/web/problem.response.js';
import { parseCsv } from '../support/csv.js';
import { tomorrow } from '../support/dates.js';
import { ways } from '../support/service.js';
import { connected } from './support/api.js';
import { everything } from './support/pages.js';
import { finishedRun } from './support/runs.js';

describe.each(ways)('two dates over the API, $way', (way) => {
  it('are compared: who joined, left and changed', async () => {
    const { api, id, organization, world, owner, dataSource } = await connected({
      ...way,
      members: 12,
    });
    const dated = (runId: number, madeAt: string) =>
      dataSource.manager.update(MemberChange, { runId }, { madeAt: new Date(madeAt) });
    await dated((await finishedRun(api, id)).id, '2026-02-28T12:00:00.000Z');
    const [leaver, renamed] = organization.members.filter((one) => one.id !== owner.id);
    if (!leaver || !renamed) throw new Error('The organization is too small.');
    const { login } = renamed;
    organization.leave(leaver);
    world.renameUser(renamed, 'zz-renamed');
    const newcomer = world.addUser({ login: 'newcomer' });
    organization.join(newcomer);
    await dated((await finishedRun(api, id)).id, '2026-03-02T00:00:00.000Z');

    const path = `/api/v1/integrations/${id}/members/diff`;
    const compare = (query: string) =>
      everything<MemberDifferenceResponse>(api, `${path}?${query}`, 2);
    const all = await compare('from=2026-03-01&to=2026-03-03');
    expect(all.map(({ githubId }) => githubId)).toEqual(
      [leaver.id, renamed.id, newcomer.id].toSorted((a, b) => a - b),
    );
    expect(all).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          ...{ kind: 'left', githubId: leaver.id },
          before: { status: 'active', present: true },
          after: { status: 'left', present: false },
        }),
        expect.objectContaining({
          ...{ kind: 'changed', login: 'zz-renamed', before: { login } },
          after: { login: 'zz-renamed' },
        }),
        expect.objectContaining({ kind: 'joined', login: 'newcomer', before: null }),
      ]),
    );
    expect(await compare('from=2026-03-01')).toEqual(all);
    expect(await compare('from=2026-03-01&kind=left')).toMatchObject([{ githubId: leaver.id }]);
    expect(await compare('from=2026-03-01&to=2026-03-01')).toEqual([]);
    expect(await compare('from=2026-03-02')).toEqual([]);
    expect(await compare('to=2026-03-01')).toHaveLength(12);

    const csv = await api.get(`${path}?from=2026-03-01&kind=changed`, {
      headers: { accept: 'text/csv' },
    });
    expect(csv.headers.get('content-disposition')).toContain('acme-members-diff-2026-03-01.csv');
    expect(csv.text.startsWith('kind,')).toBe(true);
    const [header, line, ...more] = parseCsv(csv.text);
    expect(header).toEqual([
      'kind',
      'githubId',
      'login',
      'displayName',
      'avatarUrl',
      'before',
      'after',
    ]);
    expect(line?.slice(0, 3)).toEqual(['changed', String(renamed.id), 'zz-renamed']);
    expect(line?.slice(5).map((cell) => JSON.parse(cell))).toEqual([
      { login },
      { login: 'zz-renamed' },
    ]);
    expect(more).toEqual([]);
    const other = await api.get(path, { headers: { accept: 'text/html' } });
    expect(other).toMatchObject({ status: 406, body: { code: 'not_acceptable' } });

    for (const [query, code] of [
      ['from=2026-02-01', 'as_of_too_early'],
      ['from=nonsense', 'as_of_invalid'],
      [`from=2026-03-01&to=${tomorrow()}`, 'as_of_in_future'],
      ['from=2026-03-02&to=2026-03-01', 'dates_reversed'],
      ['from=2026-03-01&kind=other', 'validation_failed'],
    ])
      expect((await api.get<ProblemResponse>(`${path}?${query}`)).body).toMatchObject({
        status: 422,
        code,
      });
    const token = await api.tokenOf('others');
    expect((await api.get<Page<unknown>>(`${path}?from=2026-03-01`, { token })).status).toBe(404);
  });
});
