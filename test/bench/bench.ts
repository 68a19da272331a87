import { availableParallelism, loadavg } from 'node:os';
import { abuse } from './rows/abuse.js';
import { commands } from './rows/commands.js';
import { everyone } from './rows/everyone.js';
import { large } from './rows/large.js';
import { memory } from './rows/memory.js';
import { operateBackup } from './rows/operate-backup.js';
import { operateFleet } from './rows/operate-fleet.js';
import { operateObservability } from './rows/operate-observability.js';
import { pages } from './rows/pages.js';
import { requests } from './rows/requests.js';
import { secondSync } from './rows/second-sync.js';
import { speed } from './rows/speed.js';
import { statements } from './rows/statements.js';
import { webhooksFlood } from './rows/webhooks-flood.js';
import { webhooksHints } from './rows/webhooks-hints.js';
import { webhooksOpenPages } from './rows/webhooks-open-pages.js';
import type { Latency } from './support/github.js';
import { Lab } from './support/lab.js';
import { type RoundOptions, Rounds } from './support/rounds.js';
import { type Row, tableOf } from './support/row.js';
import { tell } from './support/tell.js';

export interface BenchOptions extends Latency, RoundOptions {
  /** The name of what is played, or a part of it; everything where undefined. */
  only?: string;
  /** Leaves out 100,000 members. */
  quick: boolean;
}

interface Bench {
  name: string;
  /** Whether there is nothing in it but 100,000 members. */
  isLarge?: boolean;
  play: (rounds: Rounds, sizes: number[]) => Promise<Row[]>;
}

const benches: Bench[] = [
  { name: 'speed', play: speed },
  { name: 'requests', play: requests },
  { name: 'second', play: (rounds) => secondSync(rounds, [1_000, 10_000]) },
  { name: 'statements', play: statements },
  { name: 'memory', isLarge: true, play: memory },
  { name: 'large', isLarge: true, play: large },
  { name: 'commands', play: commands },
  { name: 'pages', play: pages },
  { name: 'everyone', play: everyone },
  { name: 'abuse', play: abuse },
  { name: 'operate-fleet', play: operateFleet },
  { name: 'operate-backup', isLarge: true, play: operateBackup },
  { name: 'webhooks-hints', play: webhooksHints },
  { name: 'operate-observability', play: operateObservability },
  { name: 'webhooks-flood', play: webhooksFlood },
  { name: 'webhooks-open-pages', play: webhooksOpenPages },
];

/** Measures, prints the table, and returns the exit code: 0 where every row reaches what it must. */
export async function bench(options: BenchOptions): Promise<number> {
  const { only = '', quick } = options;
  const chosen = benches.filter(({ name, isLarge }) => name.includes(only) && !(quick && isLarge));
  if (chosen.length === 0) {
    tell(`--only takes ${benches.map(({ name }) => name).join(', ')}`);
    return 2;
  }
  tellLoad();
  const lab = await Lab.start(options);
  const rounds = new Rounds(lab, options);
  try {
    return await Promise.race([measure(chosen, rounds, options), interrupted()]);
  } finally {
    await rounds.stop();
    await lab.stop();
  }
}

async function measure(chosen: Bench[], rounds: Rounds, options: BenchOptions): Promise<number> {
  const sizes = options.quick ? [1_000, 10_000] : [1_000, 10_000, 100_000];
  const rows: Row[] = [];
  for (const { play } of chosen) rows.push(...(await play(rounds, sizes)));
  process.stdout.write(tableOf(rows));
  return rows.every(({ ok }) => ok) ? 0 : 1;
}

/** The exit code of Ctrl-C, once it comes. */
const interrupted = (): Promise<number> =>
  new Promise((resolve) => {
    process.once('SIGINT', () => resolve(130)).once('SIGTERM', () => resolve(143));
  });

/** Times that are measured beside other work are not ours. */
function tellLoad(): void {
  const [lately = 0] = loadavg();
  tell(`${availableParallelism()} CPUs, load ${lately.toFixed(1)}`);
}
