import { memberEvent } from '../../support/deliveries.js';
import { count, percentile, times } from '../support/figures.js';
import { House } from '../support/house.js';
import { type Way, ways } from '../support/lab.js';
import { MeasuredProcess } from '../support/measured-process.js';
import type { Rounds } from '../support/rounds.js';
import type { Row } from '../support/row.js';
import { tell } from '../support/tell.js';
import { Visitor } from '../support/visitor.js';

const MEMBERS = 10_000;

/** A second. */
const DELIVERIES = 1_000;

/** Whom signed deliveries are about. */
const PEOPLE = 50;

/** Pages that are measured, and those before them while the flood begins. */
const PAGES = 200;
const UNTIL_BUSY = 30;

const AT_MOST = { times: 2, mib: 256 };

const floods = ['signed', 'unsigned'] as const;
type Flood = (typeof floods)[number];

/** Pages in ms, when idle and under the flood; and by how much the memory grew, in MiB. */
interface Measured {
  idle: number[];
  busy: number[];
  grown: number;
}

/** What a members page takes while deliveries come faster than GitHub sends them. */
export async function webhooksFlood(rounds: Rounds): Promise<Row[]> {
  const measured: [Flood, Way, Measured][] = [];
  for (const way of ways) {
    const { lab } = rounds;
    const github = await lab.github(MEMBERS);
    const house = await House.start(lab, way, github);
    await house.haveSynced();
    const { url, secret } = await house.webhook();
    const organizationId = await github.organizationId();
    const bodies = (await github.ids())
      .slice(0, PEOPLE)
      .map((id) => JSON.stringify(memberEvent(organizationId, { id })));
    for (const flood of floods) {
      tell(`${count(DELIVERIES)} deliveries a second, ${flood}, ${way}`);
      const signer = flood === 'signed' ? secret : 'another';
      measured.push([flood, way, await measure(house, { url, bodies, secret: signer })]);
    }
    await house.stop();
  }
  return floods.map((flood) =>
    rowOf(
      flood,
      measured.filter(([one]) => one === flood),
    ),
  );
}

async function measure(
  house: House,
  sent: { url: string; bodies: string[]; secret: string },
): Promise<Measured> {
  const visitor = await Visitor.of(house);
  const idle = await visitor.visit(PAGES);
  await house.forgetPeak();
  const before = await house.peakMiB();
  const flood = new MeasuredProcess('delivery-flood');
  await flood.call('start', { ...sent, perSecond: DELIVERIES });
  await visitor.visit(UNTIL_BUSY);
  const busy = await visitor.visit(PAGES);
  const grown = (await house.peakMiB()) - before;
  tell(`  answers to deliveries: ${JSON.stringify(await flood.call('stop'))}`);
  await Promise.all([flood.end(), visitor.leave()]);
  return { idle, busy, grown };
}

function rowOf(flood: Flood, measured: [Flood, Way, Measured][]): Row {
  const told = measured.map(([, way, { idle, busy, grown }]) => {
    const [then, now] = [percentile(idle, 50), percentile(busy, 50)];
    return `${way} ${times(now / then)} (${now.toFixed(1)} ms to ${then.toFixed(1)} ms), ${grown.toFixed(0)} MiB more memory`;
  });
  return {
    what: `members page under ${count(DELIVERIES)} ${flood} deliveries a second, against the same when idle`,
    measured: told.join('; '),
    mustReach: `p50 at most ${AT_MOST.times} times, at most ${AT_MOST.mib} MiB more memory`,
    ok: measured.every(
      ([, , { idle, busy, grown }]) =>
        percentile(busy, 50) <= AT_MOST.times * percentile(idle, 50) && grown <= AT_MOST.mib,
    ),
  };
}
