import { percentile, times } from '../support/figures.js';
import type { House } from '../support/house.js';
import { type Way, ways } from '../support/lab.js';
import { MeasuredProcess } from '../support/measured-process.js';
import type { Rounds } from '../support/rounds.js';
import type { Row } from '../support/row.js';
import { tell } from '../support/tell.js';

const MEMBERS = 30_000;
const EXPORTS = 40;

/** Pages that one person asks for, one after the other, idle and under load, after some that warm up. */
const PAGES = 150;
const WARM_UP = 50;

/** How many times its idle p50 a page may take, and how much more memory the process, in MiB. */
const AT_MOST = { times: 3, moreMiB: 150 };

interface Load {
  what: string;
  url: (house: House, asOf: string) => string;
  headers: (house: House, cookie: string) => Record<string, string>;
}

const LOADS: Load[] = [
  {
    what: 'API',
    url: ({ url, integration }, asOf) => `${url}/api/v1${integration}/members?asOf=${asOf}`,
    headers: ({ apiToken }) => ({ authorization: `Bearer ${apiToken}`, accept: 'text/csv' }),
  },
  {
    what: 'page',
    url: ({ url, members }, asOf) => `${url}${members}/export?asOf=${asOf}`,
    headers: (_, cookie) => ({ cookie }),
  },
];

/** Of one page, in ms, and of the process that answers it. */
interface Measured {
  p50: number;
  peakMiB: number;
}

/** What a members page takes while many ask for exports of a past directory at once. */
export async function abuseExports(rounds: Rounds): Promise<Row[]> {
  const rows: Row[] = [];
  for (const way of ways) rows.push(...(await rowsOf(rounds, way)));
  return rows;
}

async function rowsOf(rounds: Rounds, way: Way): Promise<Row[]> {
  const house = await rounds.house(way, MEMBERS);
  await house.haveSynced();
  const moment = new Date();
  await house.changeEverybody(moment);
  const { cookie } = await house.signIn();
  const pages = new MeasuredProcess('load');
  await visit(pages, house, cookie, WARM_UP);
  const rows: Row[] = [];
  for (const load of LOADS) {
    tell(`${MEMBERS} members, ${EXPORTS} ${load.what} exports as of a past date, ${way}`);
    const idle = await measured(house, () => visit(pages, house, cookie, PAGES));
    const busy = await measured(house, () => underLoad(load));
    rows.push(row(`${load.what} exports, ${way}`, idle, busy));
  }
  await pages.end();
  return rows;

  async function underLoad({ url, headers }: Load): Promise<number[]> {
    const exports = new MeasuredProcess('exports');
    const target = { url: url(house, moment.toISOString()), headers: headers(house, cookie) };
    await exports.call('start', { ...target, clients: EXPORTS });
    await visit(pages, house, cookie, WARM_UP);
    const taken = await visit(pages, house, cookie, PAGES);
    tell(`  answers: ${JSON.stringify(await exports.call('stop'))}`);
    await exports.end();
    return taken;
  }
}

const visit = (pages: MeasuredProcess, house: House, cookie: string, requests: number) =>
  pages.call<number[]>('load', {
    ...{ url: house.url, path: house.members, method: 'GET', headers: { cookie } },
    ...{ connections: 1, requests },
  });

async function measured(house: House, work: () => Promise<number[]>): Promise<Measured> {
  await house.forgetPeak();
  const taken = await work();
  const measured = { p50: percentile(taken, 50), peakMiB: await house.peakMiB() };
  tell(`  p50 ${measured.p50.toFixed(1)} ms, peak ${Math.round(measured.peakMiB)} MiB`);
  return measured;
}

function row(what: string, idle: Measured, busy: Measured): Row {
  const ratio = busy.p50 / idle.p50;
  const more = busy.peakMiB - idle.peakMiB;
  return {
    what: `members page under ${EXPORTS} ${what}, as of a past date, 30,000 members`,
    measured: `${times(ratio)} (p50 ${busy.p50.toFixed(1)} ms to ${idle.p50.toFixed(1)} ms), ${Math.round(more)} MiB more`,
    mustReach: `at most ${AT_MOST.times} times, and ${AT_MOST.moreMiB} MiB more than idle`,
    ok: ratio <= AT_MOST.times && more <= AT_MOST.moreMiB,
  };
}
