import { describe, expect, it } from 'vitest';
import type { ChangeResponse } from '../../src/api/member-syncs/change.response.js';
import type { ProblemResponse } from '../../src/platform/web/problem.response.js';
import { ways } from '../support/service.js';
import { connected } from './support/api.js';
import { everything } from './support/pages.js';
import { finishedRun } from './support/runs.js';

describe.each(ways)('the changes of a run over the API, $way', (way) => {
  it('tell of each member what was before and after', async () => {
    const { api, id, organization, world } = await connected({ ...way, members: 12 });
    await finishedRun(api, id);
    const [, leaver, renamed, promoted] = organization.members;
    if (!leaver || !renamed || !promoted) throw new Error('The organization is too small.');
    const login = renamed.login;
    organization.leave(leaver);
    world.renameUser(renamed, 'somebody-else');
    organization.setRole(promoted, 'admin');
    const newcomer = world.addUser();
    organization.join(newcomer);
    const run = await finishedRun(api, id);
    const path = `/api/v1/member-syncs/${run.id}/changes`;
    const all = await everything<ChangeResponse>(api, path, 3);
    const common = {
      ...{ id: expect.any(Number), madeBy: null, madeAt: expect.any(String) },
      ...{ githubTeamId: null, invitationId: null },
    };
    expect(all).toHaveLength(4);
    const isHere = { status: 'active', present: true };
    expect(all).toEqual(
      expect.arrayContaining([
        {
          ...common,
          githubId: leaver.id,
          login: leaver.login,
          kind: 'left',
          before: isHere,
          after: { status: 'left', present: false },
        },
        {
          ...common,
          githubId: renamed.id,
          login: 'somebody-else',
          kind: 'renamed',
          before: { login },
          after: { login: 'somebody-else' },
        },
        {
          ...common,
          githubId: promoted.id,
          login: promoted.login,
          kind: 'role',
          before: { role: 'member' },
          after: { role: 'admin' },
        },
        {
          ...common,
          githubId: newcomer.id,
          login: newcomer.login,
          kind: 'joined',
          before: null,
          after: expect.objectContaining({ ...isHere, login: newcomer.login }),
        },
      ]),
    );
    const kinds = async (kind: string) =>
      (await everything<ChangeResponse>(api, `${path}?kind=${kind}`, 3)).map(({ kind }) => kind);
    expect(await kinds('left')).toEqual(['left']);
    expect(await kinds('returned')).toEqual([]);
  });

  it('come oldest first, a page at a time, each of them once', async () => {
    const { api, id } = await connected({ ...way, members: 25 });
    const run = await finishedRun(api, id);
    const path = `/api/v1/member-syncs/${run.id}/changes`;
    for (const query of ['', '?kind=joined']) {
      const all = await everything<ChangeResponse>(api, path + query, 4);
      const ids = all.map(({ id }) => id);
      expect(new Set(ids).size).toBe(25);
      expect(ids).toEqual(ids.toSorted((a, b) => a - b));
    }
  });
});

it('names a kind of change that there is none of', async () => {
  const { api, id } = await connected();
  const { id: runId } = await finishedRun(api, id);
  for (const query of ['kind=gone', 'kind=', 'kind=disabled', 'kind=left&kind=joined']) {
    const { body } = await api.get<ProblemResponse>(
      `/api/v1/member-syncs/${runId}/changes?${query}`,
    );
    expect({ query, ...body }).toMatchObject({
      query,
      status: 422,
      detail: expect.stringContaining('kind must be one of joined, left'),
    });
  }
});
