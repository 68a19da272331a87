import { describe, expect, it } from 'vitest';
import type { PartResponse } from '../../src/api/parts/part.response.js';
import { ways } from '../support/service.js';
import { connected } from './support/api.js';
import { finishedRun } from './support/runs.js';

describe.each(ways)('the parts of an integration over the API, $way', (way) => {
  it('tell how far each is known, to their team alone', async () => {
    const { api, id, simulator } = await connected(way);
    const path = `/api/v1/integrations/${id}/parts`;
    const members = async () =>
      (await api.get<{ items: PartResponse[] }>(path)).body.items.find(
        ({ part }) => part === 'members',
      );
    expect(await members()).toEqual({
      ...{ part: 'members', state: 'incomplete', needs: 'A sync of everybody.', asOf: null },
    });
    await finishedRun(api, id);
    const complete = { part: 'members', state: 'complete', needs: null, asOf: expect.any(String) };
    expect(await members()).toEqual(complete);
    simulator.faults.on(/members/).status(404, 100);
    const { error } = await finishedRun(api, id);
    expect(await members()).toEqual({
      ...complete,
      state: 'failed',
      needs: `${error?.message} ${error?.remedy}`,
    });
    const token = await api.tokenOf('another');
    expect((await api.get(path, { token })).status).toBe(404);
  });
});
