import { describe, expect, it } from 'vitest';
import type { RunResponse } from '../../src/api/member-syncs/run.response.js';
import type { Page } from '../../src/api/shared/page.js';
import { MEMBER_PAGES } from '../../src/simulator/faults.js';
import { ways } from '../support/service.js';
import { connected } from './support/api.js';
import { everything } from './support/pages.js';
import { finishedRun } from './support/runs.js';

describe.each(ways)('member syncs over the API, $way', (way) => {
  it('are done in the background, and seen to their end', async () => {
    const { api, id } = await connected({ ...way, members: 12 });
    const asked = await api.post<RunResponse>(`/api/v1/integrations/${id}/member-syncs`);
    expect(asked).toMatchObject({
      status: 202,
      body: { trigger: 'api', requestedBy: 'nightly-report', finishedAt: null, result: null },
    });
    expect(asked.headers.get('Location')).toBe(`/api/v1/member-syncs/${asked.body.id}`);
    const done = await finishedRun(api, id, asked.body.id);
    expect(done).toMatchObject({
      id: asked.body.id,
      state: 'complete',
      result: { created: 12, total: 12 },
      error: null,
      progress: { done: 12, total: 12, resumesAt: null },
    });
    expect(done.github.requests).toBeGreaterThan(0);
  });

  it('are one at a time: who asks again gets the unfinished one', async () => {
    const { api, id, simulator } = await connected(way);
    const held = simulator.faults.on(MEMBER_PAGES).hold();
    const path = `/api/v1/integrations/${id}/member-syncs`;
    const first = await api.post<RunResponse>(path);
    await held.arrived;
    const again = await Promise.all(Array.from({ length: 5 }, () => api.post<RunResponse>(path)));
    for (const { status, body, headers } of again) {
      expect({ status, id: body.id }).toEqual({ status: 202, id: first.body.id });
      expect(headers.get('Location')).toBe(first.headers.get('Location'));
    }
    expect(again[0]?.body).toMatchObject({ state: 'running' });
    held.release();
    await finishedRun(api, id, first.body.id);
    expect((await finishedRun(api, id)).id).not.toBe(first.body.id);
  });

  it('are listed newest first, a page at a time', async () => {
    const { api, id } = await connected(way);
    const ids: number[] = [];
    for (let count = 0; count < 5; count++) ids.unshift((await finishedRun(api, id)).id);
    const path = `/api/v1/integrations/${id}/member-syncs`;
    const listed = await everything<RunResponse>(api, path, 2);
    expect(listed.map(({ id }) => id)).toEqual(ids);
    const { body } = await api.get<Page<RunResponse>>(path);
    expect(body.items).toHaveLength(5);
    expect(body.nextCursor).toBeNull();
    expect(body.items[0]).toEqual((await api.get(`/api/v1/member-syncs/${ids[0]}`)).body);
  });

  it('say what went wrong, and what to do', async () => {
    const { api, id, world, token } = await connected(way);
    world.revokeToken(token);
    const run = await finishedRun(api, id);
    expect(run).toMatchObject({
      state: 'error',
      result: null,
      error: { code: 'bad_credentials', remedy: expect.stringContaining('Connect') },
    });
  });
});
