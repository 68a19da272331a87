import { Child } from '../../support/servers/child.js';
import { median, seconds, times } from '../support/figures.js';
import { ways } from '../support/lab.js';
import { type Environment, inherited } from '../support/measured-process.js';
import { rollcall, startRollcall } from '../support/rollcall.js';
import type { Rounds } from '../support/rounds.js';
import type { Row } from '../support/row.js';
import { tell } from '../support/tell.js';

const TURNS = 11;
const AT_MOST_MS = 500;

/** How long a command takes before it does anything: it opens a database without organizations, and says so. */
export async function commands({ lab }: Rounds): Promise<Row[]> {
  const github = await lab.github(1_000);
  const rows: Row[] = [];
  for (const way of ways) {
    const env = await lab.environment(way, github);
    await rollcall(['migrate'], env);
    const node: number[] = [];
    const command: number[] = [];
    for (let turn = 0; turn < TURNS; turn++) {
      node.push(await timed(() => startNode(env)));
      command.push(await timed(() => startRollcall(['runs', 'nobody'], env)));
    }
    const [bare, ours] = [median(node), median(command)];
    tell(`a command, ${way}: ${Math.round(ours)} ms; node -e 0: ${Math.round(bare)} ms`);
    rows.push({
      what: `start of a command that ends by itself, ${way}, against \`node -e 0\``,
      measured: `${times(ours / bare)} (${seconds(ours)} to ${seconds(bare)})`,
      mustReach: `at most ${seconds(AT_MOST_MS)}`,
      ok: ours <= AT_MOST_MS,
    });
  }
  return rows;
}

const startNode = (env: Environment): Child =>
  new Child([process.execPath, '-e', '0'], { env: { ...inherited(), ...env } });

async function timed(start: () => Child): Promise<number> {
  const begun = performance.now();
  const child = start();
  child.writeInput();
  await child.exited;
  return performance.now() - begun;
}
