import { count, percentile, times } from '../support/figures.js';
import { House } from '../support/house.js';
import { type Way, ways } from '../support/lab.js';
import { type Environment, MeasuredProcess } from '../support/measured-process.js';
import type { Rounds } from '../support/rounds.js';
import type { Row } from '../support/row.js';
import { tell } from '../support/tell.js';

const MEMBERS = 10_000;

/** Requests of each turn, after one that warms up all; they take turns, so that the machine's moods meet all. */
const REQUESTS = 500;
const TURNS = 5;
const CONNECTIONS = 10;

const OFF: Environment = { LOG_LEVEL: 'error' };
const ON: Environment = {
  LOG_LEVEL: 'info',
  LOG_FORMAT: 'json',
  METRICS_TOKEN: 'metrics-token-of-the-bench',
};

const PAGES = [
  { page: 'members page', path: ({ members }: House) => members },
  { page: 'progress', path: ({ members }: House) => `${members}/sync/progress` },
];

type Setting = 'off' | 'on' | 'tracing';

/** How long answers took, in ms. */
type Answers = Record<Setting, number[]>;

/** What logs, metrics and traces cost the pages: three Rollcalls of one way, alike but for these. */
export async function operateObservability(rounds: Rounds): Promise<Row[]> {
  const collector = new MeasuredProcess('collector');
  const OTEL_EXPORTER_OTLP_ENDPOINT = await collector.call<string>('serve');
  const settings: Record<Setting, Environment> = {
    off: OFF,
    on: ON,
    tracing: { ...ON, OTEL_EXPORTER_OTLP_ENDPOINT },
  };
  const measured: Record<Way, Answers[]> = { embedded: [], 'MariaDB with Bull': [] };
  for (const way of ways) measured[way] = await play(rounds, way, settings);
  const exports = await collector.call<number>('received');
  await collector.end();
  if (exports === 0) throw new Error('No trace reached the collector.');
  return PAGES.flatMap(({ page }, i) => [
    row(`${page}, metrics, JSON logs and request ids, against none`, 1.1, (way) => {
      const { on = [], off = [] } = measured[way][i] ?? {};
      return [on, off];
    }),
    row(`${page}, with traces, against metrics, logs and ids alone`, 1.3, (way) => {
      const { tracing = [], on = [] } = measured[way][i] ?? {};
      return [tracing, on];
    }),
  ]);
}

async function play(
  rounds: Rounds,
  way: Way,
  settings: Record<Setting, Environment>,
): Promise<Answers[]> {
  const github = await rounds.lab.github(MEMBERS);
  const names = Object.keys(settings) as Setting[];
  const visitors = [];
  for (const name of names) {
    tell(`${MEMBERS} members, ${way}, ${name}`);
    const house = await House.start(rounds.lab, way, github, settings[name]);
    await house.haveSynced();
    visitors.push({ name, house, headers: { cookie: (await house.signIn()).cookie } });
  }
  const load = new MeasuredProcess('load');
  const answers: Answers[] = [];
  for (const { path } of PAGES) {
    const times: Answers = { off: [], on: [], tracing: [] };
    for (let turn = 0; turn <= TURNS; turn++)
      for (const { name, house, headers } of visitors) {
        const visit = { url: house.url, path: path(house), method: 'GET', headers };
        const options = { connections: CONNECTIONS, requests: REQUESTS };
        const took = await load.call<number[]>('load', { ...visit, ...options });
        if (turn > 0) times[name].push(...took);
      }
    answers.push(times);
  }
  await load.end();
  for (const { house } of visitors) await house.stop();
  return answers;
}

function row(what: string, atMost: number, of: (way: Way) => [number[], number[]]): Row {
  const told = (way: Way) => {
    const [mine, other] = of(way);
    const pair = `p50 ${p50(mine).toFixed(2)} ms to ${p50(other).toFixed(2)} ms`;
    return `${way} ${times(ratio(of(way)))} (${pair})`;
  };
  return {
    what: `${what}, ${count(MEMBERS)} members, ${CONNECTIONS} connections`,
    measured: ways.map(told).join('; '),
    mustReach: `p50 at most ${atMost} times`,
    ok: ways.every((way) => ratio(of(way)) <= atMost),
  };
}

const p50 = (values: number[]): number => percentile(values, 50);

const ratio = ([mine, other]: [number[], number[]]): number => p50(mine) / p50(other);
