import { describe, expect, it } from 'vitest';
import { IntegrationDisconnection } from '../../src/integrations/connecting/integration-disconnection.js';
import { MEMBER_PAGES } from '../../src/simulator/faults.js';
import { startService, ways } from '../support/service.js';
import { until } from '../support/until.js';
import { stage } from './support/stage.js';

describe.each(ways)('sync, on the way $way', ({ dialect, bull }) => {
  it('follows the run that a server has', async () => {
    const { connect, start, simulator, json } = await stage({
      dialect,
      bull,
      env: { RUN_LEASE_SECONDS: '2' },
    });
    await connect();
    const held = simulator.faults.on(MEMBER_PAGES, { times: Number.POSITIVE_INFINITY }).hold();
    // It asks, and leaves the run to whoever takes it over.
    const first = start(['sync', 'acme', '--json']);
    await held.arrived;
    first.signal('SIGKILL');
    await first.exited;
    // Those of the first, which nobody answers; then come the server's.
    const { open } = simulator.requests;
    const server = start(['serve']);
    await server.ready;
    await until(async () => simulator.requests.open > open);
    const second = start(['sync', 'acme', '--json']);
    await second.waitForLine(/^Following the sync of acme …$/);
    held.release();
    expect(await second.exited).toEqual({ code: 0, signal: null });
    const { run } = JSON.parse(second.stdout);
    expect(run).toMatchObject({ state: 'complete', result: { created: 3, total: 3 } });
    expect(await json(['runs', 'acme'])).toEqual([run]);
  });
});

describe('sync', () => {
  it('says on one line that there is progress, and on another what came of it', async () => {
    const { rollcall, connect } = await stage();
    await connect();
    expect(await rollcall(['sync', 'acme'])).toEqual({
      code: 0,
      stdout: 'acme has 3 members: 3 members found.\n',
      stderr: 'Syncing acme …\n',
    });
  });

  it('exits with 3 where removals are held', async () => {
    const { rollcall, connect, organization, owner } = await stage({ members: 20 });
    const core = organization.teams.create('Core');
    for (const user of organization.members) organization.teams.add(core, user);
    await connect();
    await rollcall(['sync', 'acme']);
    for (const user of organization.members) organization.teams.remove(core, user);
    const teams = await rollcall(['sync', 'acme', '--json']);
    expect(teams.code).toBe(3);
    expect(JSON.parse(teams.stdout).run.result).toMatchObject({
      ...{ held: 0, parts: { teams: { held: 20 } } },
    });
    expect(teams.stderr).toMatch(/rollcall: 20 removals are held.*\n$/);
    for (const user of organization.members.slice(0, 10))
      if (user !== owner) organization.leave(user);
    const { code, stdout, stderr } = await rollcall(['sync', 'acme', '--json']);
    expect(code).toBe(3);
    const { run } = JSON.parse(stdout);
    expect(run.result.held).toBeGreaterThan(5);
    expect(stderr).toMatch(/rollcall: \d+ removals are held.*\n$/);
  });

  it('refuses a disconnected organization on one line, and prints its directory all the same', async () => {
    const { rollcall, connect, env, json } = await stage();
    const { id } = await connect();
    await rollcall(['sync', 'acme']);
    const service = await startService({ env, consumes: false });
    await service.app
      .get(IntegrationDisconnection, { strict: false })
      .disconnect({ id }, { keepDirectory: true });
    const { code, stdout, stderr } = await rollcall(['sync', 'acme']);
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(/^rollcall: The organization is disconnected.*Connect it again.*\n$/);
    expect(await json(['members', 'acme'])).toHaveLength(3);
    expect(await json(['runs', 'acme'])).toHaveLength(1);
  });

  it('prints a run that failed, and exits with 1', async () => {
    const { rollcall, connect, world, token } = await stage();
    await connect();
    world.revokeToken(token);
    const { code, stdout, stderr } = await rollcall(['sync', 'acme', '--json']);
    expect(code).toBe(1);
    expect(JSON.parse(stdout).run).toMatchObject({
      state: 'error',
      error: { code: 'bad_credentials', message: expect.any(String), remedy: expect.any(String) },
    });
    expect(stderr).toMatch(/^Syncing acme …\nrollcall: GitHub rejected the token.*\n$/);
  });

  it('cancels what it asked for on Ctrl-C, and prints the run', async () => {
    const { start, connect, simulator } = await stage();
    await connect();
    const held = simulator.faults.on(MEMBER_PAGES).hold();
    const sync = start(['sync', 'acme', '--json']);
    await held.arrived;
    sync.signal('SIGINT');
    expect(await sync.exited).toEqual({ code: 1, signal: null });
    expect(JSON.parse(sync.stdout).run).toMatchObject({ state: 'cancelled' });
    expect(sync.stderr).toMatch(/\nrollcall: Cancelled by [^\n]+\n$/);
  });

  it('only stops watching on Ctrl-C what another asked for', async () => {
    const { start, connect, simulator, json } = await stage();
    await connect();
    const held = simulator.faults.on(MEMBER_PAGES, { times: Number.POSITIVE_INFINITY }).hold();
    const first = start(['sync', 'acme']);
    await held.arrived;
    const second = start(['sync', 'acme', '--json']);
    await second.waitForLine(/^Following the sync of acme …$/);
    second.signal('SIGINT');
    expect(await second.exited).toEqual({ code: 1, signal: null });
    expect(JSON.parse(second.stdout).run).toMatchObject({ state: 'running' });
    expect(second.stderr).toMatch(/\nrollcall: Stopped watching\. [^\n]+\n$/);
    held.release();
    expect(await first.exited).toEqual({ code: 0, signal: null });
    expect(await json(['runs', 'acme'])).toMatchObject([{ state: 'complete' }]);
  });

  it('takes over the run of a command that was killed', async () => {
    const { start, connect, simulator, rollcall } = await stage({
      env: { RUN_LEASE_SECONDS: '2' },
    });
    await connect();
    const held = simulator.faults.on(MEMBER_PAGES).hold();
    const first = start(['sync', 'acme']);
    await held.arrived;
    first.signal('SIGKILL');
    await first.exited;
    held.release();
    const { code, stdout } = await rollcall(['sync', 'acme', '--json']);
    expect(code).toBe(0);
    expect(JSON.parse(stdout).run).toMatchObject({ id: 1, state: 'complete' });
  });
});
