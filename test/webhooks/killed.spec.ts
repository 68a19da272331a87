import { describe, expect, it } from 'vitest';
import { stage } from '../cli/support/stage.js';
import { deliver, memberEvent } from '../support/deliveries.js';
import type { StartedProcess } from '../support/process.js';
import { ways } from '../support/service.js';
import { until } from '../support/until.js';

const STANDING = /^GET \/orgs\/[^/]+\/memberships\//;

describe.each(ways)('SIGKILL, $way', ({ dialect, bull }) => {
  /** A server with a synced `acme`, from which somebody has just left. */
  async function start(gatherMs: string) {
    const env = { WEBHOOK_GATHER_MS: gatherMs, SWEEP_SECONDS: '1', RUN_LEASE_SECONDS: '2' };
    const staged = await stage({ dialect, bull, members: 8, env });
    const { id } = await staged.connect();
    await staged.rollcall(['sync', 'acme']);
    const { token } = await staged.json(['token', 'killed']);
    const server = staged.start(['serve']);
    const url = await server.ready;
    const api = async (method: string, path: string) => {
      const headers = { authorization: `Bearer ${token.value}` };
      const answer = await fetch(`${url}/api/v1/integrations/${id}/${path}`, { method, headers });
      return answer.json() as Promise<Record<string, string>>;
    };
    const { secret = '' } = await api('POST', 'webhook/secret');
    const path = new URL((await api('GET', 'webhook')).url ?? '').pathname;
    const { organization, owner, json } = staged;
    const [leaver] = organization.members.filter(({ id }) => id !== owner.id);
    if (!leaver) throw new Error('There is nobody.');
    organization.leave(leaver);
    const payload = memberEvent(organization.id, leaver, 'member_removed');
    const send = async (to: StartedProcess, guid: string) =>
      (await deliver((await to.ready) + path, secret, { payload, guid })).status;
    const left = () =>
      until(async () => {
        const members = await json(['members', 'acme', '--status', 'left']);
        return members.length > 0 && members;
      });
    return { ...staged, server, send, left, leaver };
  }

  const kill = async (server: StartedProcess) => {
    server.signal('SIGKILL');
    await server.exited;
  };

  it('between the answer and the run loses no hint', async () => {
    const { server, send, start: again, left, leaver, json } = await start('3000');
    expect(await send(server, 'one')).toBe(202);
    await kill(server);
    expect(await json(['runs', 'acme'])).toHaveLength(1);
    const next = again(['serve']);
    // Whoever got no answer sends it again.
    expect(await send(next, 'one')).toBe(202);
    expect(await left()).toMatchObject([{ login: leaver.login }]);
    expect(await json(['runs', 'acme'])).toHaveLength(2);
  });

  it('while the person is looked at lets another process end the run', async () => {
    const { server, send, simulator, start: again, left, leaver, json } = await start('50');
    const asked = simulator.faults.on(STANDING).hold();
    expect(await send(server, 'two')).toBe(202);
    await asked.arrived;
    await kill(server);
    asked.release();
    await again(['serve']).ready;
    expect(await left()).toMatchObject([{ login: leaver.login }]);
    const [run] = await json(['runs', 'acme']);
    expect(run).toMatchObject({ state: 'complete', scope: 'people', result: { deactivated: 1 } });
  });
});
