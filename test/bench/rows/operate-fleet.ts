import { availableParallelism } from 'node:os';
import { count, seconds, times } from '../support/figures.js';
import { Fleet, type FleetOptions } from '../support/fleet.js';
import type { Rounds } from '../support/rounds.js';
import type { Row } from '../support/row.js';
import { tell } from '../support/tell.js';

/** Together they need more of a minute's 900 REST points than there are: each takes about 100. */
const ONE_CREDENTIAL: FleetOptions = {
  ...{ organizations: 15, members: 4_500 },
  ...{ latency: 20, oneToken: true },
};

const THOUSAND: FleetOptions = {
  ...{ organizations: 1_000, members: 100 },
  ...{ latency: 20, oneToken: false },
};

/** What several workers do with GitHub's limits, and with many organizations. */
export async function operateFleet({ lab }: Rounds): Promise<Row[]> {
  const alone = await measured(ONE_CREDENTIAL, [1]);
  const four = await measured(ONE_CREDENTIAL, [4]);
  const thousand = await measured(THOUSAND, [2, 1, 2]);
  const [, one = 0, two = 0] = thousand.took;
  return [
    fourWorkers(alone, four),
    {
      what: `${count(THOUSAND.organizations)} organizations of ${THOUSAND.members}, due at once, nothing changed`,
      measured: `${thousand.lost} lost; two workers ${times(two / one)} (${seconds(two)} to ${seconds(one)}), ${availableParallelism()} cores for all`,
      mustReach: 'none lost; two workers at most 0.6 times where cores allow',
      ok: thousand.lost === 0 && two <= 0.6 * one,
    },
  ];

  async function measured(options: FleetOptions, workers: number[]) {
    tell(`${options.organizations} organizations of ${options.members}`);
    const fleet = await Fleet.start(lab, options);
    const took: number[] = [];
    for (const number of workers) {
      took.push(await fleet.sync(number));
      tell(`  ${number} workers: ${seconds(took.at(-1) ?? 0)}`);
    }
    const [lost, refused] = [await fleet.lost(), await fleet.refused()];
    await fleet.stop();
    return { took, lost, refused };
  }
}

type Measured = Record<'lost' | 'refused', number> & { took: number[] };

function fourWorkers(alone: Measured, four: Measured): Row {
  const [one = 0, all = 0] = [alone.took[0], four.took[0]];
  return {
    what: `first syncs of ${ONE_CREDENTIAL.organizations} organizations with one credential, four workers against one`,
    measured: `${four.refused} secondary limits met (one worker: ${alone.refused}); ${times(all / one)} (${seconds(all)} to ${seconds(one)})`,
    mustReach: 'no secondary limit met; at most 1.1 times',
    ok: four.refused === 0 && four.lost === 0 && all <= 1.1 * one,
  };
}
