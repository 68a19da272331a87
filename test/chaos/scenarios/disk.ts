import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { GRAPHQL } from '../../../src/simulator/faults.js';
import { startNode } from '../../support/process.js';
import type { Arena } from '../support/arena.js';
import type { Scenario } from '../support/scenario.js';

const cli = fileURLToPath(new URL('../../../dist/cli.js', import.meta.url));
const sayPid = 'data:text/javascript,process.stdout.write("pid " + process.pid + "\\n")';

/** The server can make no file larger than a page, so that nothing can be written: as on a full or read-only disk. */
export const diskFull: Scenario = {
  name: 'the embedded database cannot be written during a run',
  way: 'embedded',
  rounds: 1,
  ends: ['complete', 'error'],
  play: async (arena) => {
    await arena.fleet.of('all', 0);
    const server = startNode(['--import', sayPid, cli, 'serve'], arena.env);
    const [, pid = ''] = await server.waitForLine(/^pid (\d+)$/);
    const url = await (await arena.fleet.add('all', server)).ready;
    const held = arena.github.simulator.faults.on(GRAPHQL).hold();
    const id = await arena.click(url);
    await held.arrived;
    await limit(pid, '4096');
    held.release();
    await server.waitForLine(
      new RegExp(`Run ${id} (could not save its progress|is left to another worker)`),
    );
    await staysUp(arena, url);
    await limit(pid, 'unlimited');
    await arena.finished(id);
    assert.ok(server.signal('SIGCONT'), 'the server ended');
  },
};

/** @param size of the largest file that the process may make, in bytes */
const limit = (pid: string, size: string) =>
  promisify(execFile)('prlimit', ['--pid', pid, `--fsize=${size}:`]);

/** What only reads goes on, and nothing waits for ever. */
async function staysUp(arena: Arena, url: string): Promise<void> {
  assert.equal((await fetch(`${url}/health/live`)).status, 200);
  const path = `integrations/${arena.integrationId}/members?limit=1`;
  const page = await arena.request(url, 'GET', path);
  assert.equal(page.status, 200, await page.text());
}
