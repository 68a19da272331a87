import { describe, expect, it } from 'vitest';
import { MEMBER_PAGES } from '../../src/simulator/faults.js';
import { ways } from '../support/service.js';
import { until } from '../support/until.js';
import { stage } from './support/stage.js';

describe.each(ways)('SIGTERM, on the way $way', ({ dialect, bull }) => {
  it('hands the run back, and it goes on after the restart', async () => {
    const { start, connect, simulator, json } = await stage({ dialect, bull, members: 450 });
    const { id } = await connect();
    const { token } = await json(['token', 'shutdown']);
    const server = start(['serve']);
    const held = simulator.faults.on(MEMBER_PAGES, { after: 3 }).hold();
    const asked = await fetch(`${await server.ready}/api/v1/integrations/${id}/member-syncs`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token.value}` },
    });
    expect(asked.status).toBe(202);
    await held.arrived;
    server.signal('SIGTERM');
    expect(await server.exited).toEqual({ code: 0, signal: null });
    expect(await json(['runs', 'acme'])).toMatchObject([{ state: 'queued', finishedAt: null }]);
    held.release();
    await start(['serve']).ready;
    const run = await until(async () => {
      const [latest] = await json(['runs', 'acme']);
      return latest.finishedAt ? latest : undefined;
    });
    expect(run).toMatchObject({ state: 'complete', result: { created: 450, total: 450 } });
  });
});
