import { describe, expect, it } from 'vitest';
import { MEMBER_PAGES } from '../../src/simulator/faults.js';
import { ways } from '../support/service.js';
import { until } from '../support/until.js';
import { stage } from './support/stage.js';

describe.each(ways)("a wait for GitHub's limit at the command line, $way", (way) => {
  it('is said, seen by `runs`, and gone on from by the same command', async () => {
    const { connect, start, json, simulator } = await stage({ ...way, members: 250 });
    await connect();
    simulator.faults.on(MEMBER_PAGES, { after: 1 }).rateLimited(8);
    const sync = start(['sync', 'acme', '--json']);
    const waiting = await until(async () => {
      const [run] = await json(['runs', 'acme']);
      return run?.state === 'waiting' && run;
    });
    expect(waiting.progress.resumesAt).toMatch(/^\d{4}-\d\d-\d\dT[\d:]+\.\d{3}Z$/);
    expect((await sync.exited).code).toBe(0);
    expect(sync.stderr).toMatch(/Waiting for GitHub's rate limit until \d{4}-/);
    expect(JSON.parse(sync.stdout).run).toMatchObject({
      state: 'complete',
      result: { created: 250, total: 250 },
      progress: { resumesAt: null },
    });
  });
});
