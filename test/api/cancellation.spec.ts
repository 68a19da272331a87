import { describe, expect, it } from 'vitest';
import type { IntegrationResponse } from '../../src/api/integrations/integration.response.js';
import type { RunResponse } from '../../src/api/member-syncs/run.response.js';
import { Member } from '../../src/members/member.entity.js';
import { MEMBER_PAGES } from '../../src/simulator/faults.js';
import { ways } from '../support/service.js';
import { connected } from './support/api.js';
import { finishedRun } from './support/runs.js';

describe.each(ways)('cancelling a run over the API, $way', (way) => {
  it('ends it at once, by the name of the token, and removes nobody', async () => {
    const { api, id, organization, simulator, dataSource } = await connected({
      ...way,
      members: 12,
    });
    await finishedRun(api, id);
    const [, leaver] = organization.members;
    if (leaver) organization.leave(leaver);
    const held = simulator.faults.on(MEMBER_PAGES).hold();
    const { body: run } = await api.post<RunResponse>(`/api/v1/integrations/${id}/member-syncs`);
    await held.arrived;
    const cancelled = await api.delete<RunResponse>(`/api/v1/member-syncs/${run.id}`);
    expect(cancelled).toMatchObject({
      status: 200,
      body: {
        id: run.id,
        state: 'cancelled',
        finishedAt: expect.any(String),
        error: { code: 'cancelled', message: 'Cancelled by nightly-report.' },
        progress: { resumesAt: null },
      },
    });
    held.release();
    expect(await finishedRun(api, id)).toMatchObject({ state: 'complete' });
    expect((await api.get(`/api/v1/member-syncs/${run.id}`)).body).toEqual(cancelled.body);
    expect(await dataSource.manager.countBy(Member, { status: 'left' })).toBe(1);
  });

  it('is refused once the run is finished', async () => {
    const { api, id } = await connected(way);
    const run = await finishedRun(api, id);
    expect(await api.delete(`/api/v1/member-syncs/${run.id}`)).toMatchObject({
      status: 409,
      body: { code: 'run_finished' },
    });
    expect((await api.get(`/api/v1/member-syncs/${run.id}`)).body).toEqual(run);
  });

  it('and its completion at the same time have one outcome', async () => {
    const { api, id, simulator } = await connected(way);
    /** Whether the run came to that request to GitHub, where it is cancelled and goes on at once. */
    async function race(requests: number): Promise<boolean> {
      const held = simulator.faults.on(/./, { after: requests }).hold();
      const { body } = await api.post<RunResponse>(`/api/v1/integrations/${id}/member-syncs`);
      const path = `/api/v1/member-syncs/${body.id}`;
      const came = await Promise.race([
        held.arrived.then(() => true),
        finishedRun(api, id, body.id).then(() => false),
      ]);
      held.release();
      const cancels = [1, 2, 3].map(() => api.delete<RunResponse>(path));
      const statuses = (await Promise.all(cancels)).map(({ status }) => status).sort();
      const run = await finishedRun(api, id, body.id);
      const isCancelled = statuses[0] === 200;
      expect(statuses).toEqual([isCancelled ? 200 : 409, 409, 409]);
      expect(run.state).toBe(isCancelled ? 'cancelled' : 'complete');
      const { body: shown } = await api.get<IntegrationResponse>(`/api/v1/integrations/${id}`);
      expect(shown.memberSyncStatus).toBe(isCancelled ? 'error' : 'complete');
      simulator.faults.clear();
      await finishedRun(api, id);
      expect((await api.get(path)).body).toEqual(run);
      return came;
    }
    let requests = 0;
    while (await race(requests)) requests++;
    expect(requests).toBeGreaterThan(2);
    // With the last request the end is nearest.
    for (let round = 0; round < 5; round++) await race(requests - 1);
  });
});
