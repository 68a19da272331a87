import { percentile, seconds, times } from '../support/figures.js';
import type { House } from '../support/house.js';
import { type Way, ways } from '../support/lab.js';
import { MeasuredProcess } from '../support/measured-process.js';
import type { Rounds } from '../support/rounds.js';
import type { Row } from '../support/row.js';
import { tell } from '../support/tell.js';
import { Visitor } from '../support/visitor.js';

const MEMBERS = 1_000;

/** Strangers at once. */
const CLIENTS = 100;

/** Pages that one person asks for, one after the other; and sign-ins of one who did before. */
const PAGES = 100;
const SIGN_INS = 5;

/** How many times its idle p50 a page may take, and how many ms a sign-in. */
const AT_MOST = { times: 5, signIn: 2_000 };

/** From how many addresses the strangers come. */
const FLOODS = [
  { what: 'one address', addresses: 1 },
  { what: '1,000 addresses', addresses: 1_000 },
];

/** All in ms: pages when idle and under the flood, and the slowest sign-in under it. */
interface Measured {
  idle: number[];
  busy: number[];
  signIn: number;
}

/** What a members page and an honest sign-in take while strangers try to sign in. */
export async function abuseSignIn(rounds: Rounds): Promise<Row[]> {
  const rows: Row[] = [];
  for (const { what, addresses } of FLOODS) {
    const measured: [Way, Measured][] = [];
    for (const way of ways) {
      tell(`${CLIENTS} strangers sign in from ${what}, ${way}`);
      measured.push([way, await measure(await rounds.house(way, MEMBERS), addresses)]);
    }
    rows.push(...rowsOf(what, measured));
  }
  return rows;
}

async function measure(house: House, addresses: number): Promise<Measured> {
  await house.haveSynced();
  const visitor = await Visitor.of(house);
  const idle = await visitor.visit(PAGES);
  const flood = new MeasuredProcess('sign-in-flood');
  await flood.call('start', { url: house.url, clients: CLIENTS, addresses });
  const signIn = await slowestSignIn(house);
  const busy = await visitor.visit(PAGES);
  tell(`  answers to strangers: ${JSON.stringify(await flood.call('stop'))}`);
  await Promise.all([flood.end(), visitor.leave()]);
  return { idle, busy, signIn };
}

async function slowestSignIn(house: House): Promise<number> {
  const taken: number[] = [];
  for (let i = 0; i < SIGN_INS; i++) {
    const started = performance.now();
    const { cookie } = await house.signIn();
    if (!cookie) throw new Error('An honest sign-in was refused.');
    taken.push(performance.now() - started);
  }
  return Math.max(...taken);
}

function rowsOf(from: string, measured: [Way, Measured][]): Row[] {
  const told = (tellOne: (one: Measured) => string) =>
    measured.map(([way, one]) => `${way} ${tellOne(one)}`).join('; ');
  const flood = `under ${CLIENTS} wrong sign-ins at once from ${from}`;
  return [
    {
      what: `members page, gzipped, ${flood}, against the same when idle`,
      measured: told((one) => `${times(ratio(one))} (${p50(one.busy)} ms to ${p50(one.idle)} ms)`),
      mustReach: `p50 at most ${AT_MOST.times} times`,
      ok: measured.every(([, one]) => ratio(one) <= AT_MOST.times),
    },
    {
      what: `the slowest of ${SIGN_INS} honest sign-ins ${flood}`,
      measured: told(({ signIn }) => seconds(signIn)),
      mustReach: `at most ${seconds(AT_MOST.signIn)}`,
      ok: measured.every(([, { signIn }]) => signIn <= AT_MOST.signIn),
    },
  ];
}

const ratio = ({ idle, busy }: Measured): number => percentile(busy, 50) / percentile(idle, 50);

const p50 = (values: number[]): string => percentile(values, 50).toFixed(1);
