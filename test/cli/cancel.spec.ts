import { describe, expect, it } from 'vitest';
import { MEMBER_PAGES } from '../../src/simulator/faults.js';
import { ways } from '../support/service.js';
import { stage } from './support/stage.js';

const cancelled = {
  state: 'cancelled',
  error: { code: 'cancelled', message: expect.stringMatching(/^Cancelled by .*\.$/) },
};

describe.each(ways)('Ctrl-C, on the way $way', ({ dialect, bull }) => {
  it('cancels the run that the command asked for, and says so', async () => {
    const { start, connect, simulator, json, organization } = await stage({
      dialect,
      bull,
      members: 12,
    });
    await connect();
    await json(['sync', 'acme']);
    const [, leaver] = organization.members;
    if (leaver) organization.leave(leaver);
    const held = simulator.faults.on(MEMBER_PAGES).hold();
    const sync = start(['sync', 'acme', '--json']);
    await held.arrived;
    sync.signal('SIGINT');
    expect(await sync.exited).toEqual({ code: 1, signal: null });
    const { run } = JSON.parse(sync.stdout);
    expect(run).toMatchObject(cancelled);
    expect(sync.stderr).toMatch(/\nrollcall: Cancelled by [^\n]+\n$/);
    expect((await json(['runs', 'acme']))[0]).toEqual(run);
    expect(await json(['members', 'acme'])).toHaveLength(12);
    held.release();
    expect((await json(['sync', 'acme'])).run).toMatchObject({
      state: 'complete',
      result: { deactivated: 1 },
    });
  });
});
