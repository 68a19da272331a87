import { setTimeout as delay } from 'node:timers/promises';
import { count } from '../support/figures.js';
import { House } from '../support/house.js';
import { type Way, ways } from '../support/lab.js';
import { MeasuredProcess } from '../support/measured-process.js';
import type { Rounds } from '../support/rounds.js';
import type { Row } from '../support/row.js';
import { tell } from '../support/tell.js';

const MEMBERS = 10_000;

/** One user has at most so many open. */
const PAGES_OF_USER = 20;
const USERS = 50;
const PAGES = USERS * PAGES_OF_USER;

const SECONDS = 10;

const AT_MOST = { percent: 2, statements: 1 };

const METRICS_TOKEN = 'metrics-token-of-the-bench';

/** Of the process that answers, a second. */
interface Effort {
  /** Of one core. */
  percent: number;
  statements: number;
}

/** What open pages cost while nothing changes. */
export async function webhooksOpenPages(rounds: Rounds): Promise<Row[]> {
  const rows: Row[] = [];
  for (const way of ways) rows.push(await rowOf(rounds, way));
  return rows;
}

async function rowOf({ lab }: Rounds, way: Way): Promise<Row> {
  tell(`a members page of ${MEMBERS} open ${PAGES} times, ${way}`);
  const house = await House.start(lab, way, await lab.github(MEMBERS), { METRICS_TOKEN });
  await house.haveSynced();
  const users = await house.signInUsers(USERS);
  const alone = await effort(house);
  const pages = new MeasuredProcess('streams');
  const cookies = users.map(({ cookie }) => cookie);
  await pages.call('open', { url: house.url + house.events, cookies, each: PAGES_OF_USER });
  const busy = await effort(house);
  const broken = await pages.call<number>('broken');
  await pages.end();
  await house.stop();
  const statements = busy.statements - alone.statements;
  return {
    what: `a members page open in ${count(PAGES)} tabs, idle, ${way}`,
    measured: `${busy.percent.toFixed(1)} % of a core (${alone.percent.toFixed(1)} % without), ${statements.toFixed(1)} statements a second, ${broken} broken`,
    mustReach: `at most ${AT_MOST.percent} % of a core, ${AT_MOST.statements} statement a second`,
    ok: busy.percent <= AT_MOST.percent && statements <= AT_MOST.statements && broken === 0,
  };
}

async function effort(house: House): Promise<Effort> {
  const now = async () =>
    [await house.statements(METRICS_TOKEN), await house.cpuSeconds()] as const;
  const [statements, cpu] = await now();
  await delay(SECONDS * 1_000);
  const [statementsThen, cpuThen] = await now();
  return {
    percent: ((cpuThen - cpu) / SECONDS) * 100,
    statements: (statementsThen - statements) / SECONDS,
  };
}
