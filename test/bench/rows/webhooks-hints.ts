import pMap from 'p-map';
import { deliver, memberEvent } from '../../support/deliveries.js';
import { count, percentile, seconds } from '../support/figures.js';
import type { Github, Person } from '../support/github.js';
import { House } from '../support/house.js';
import { type Way, ways } from '../support/lab.js';
import type { Rounds } from '../support/rounds.js';
import type { Row } from '../support/row.js';
import { tell } from '../support/tell.js';

/** The end of a run is looked for often. */
const SETTINGS = { API_REQUESTS_PER_MINUTE: '1000000' };

/** Deliveries, one after the other, each handled before the next is sent. */
const ONE_AT_A_TIME = 40;
const AT_ONCE = 100;
/** Of the members, so many change at once. */
const BURST_PART = 1 / 10;

/** Deliveries between two looks whether a run is finished. */
const BETWEEN_LOOKS = 10;

/** Deliveries on their way at the same time, as many as GitHub might send. */
const CONNECTIONS = 50;

const P50_MS = 1_500;
const P99_MS = 5_000;

interface Measured {
  /** From sending each delivery to the end of its run, in ms. */
  took: number[];
  /** Of the runs for one hint, and of the one for a hundred. */
  requests: number[];
  ofHundred: number;
  /** Of deliveries while everybody is synced for the first time, and once more, in ms. */
  firstAnswers: number[];
  answers: number[];
  /** Of a burst: whole runs, and whether the directory was right afterwards. */
  wholeRuns: number;
  isTrue: boolean;
}

/** What happens from a delivery to the change that follows from it. */
export async function webhooksHints({ lab }: Rounds, sizes: number[]): Promise<Row[]> {
  const members = Math.max(...sizes);
  const measured = {} as Record<Way, Measured>;
  for (const way of ways) {
    tell(`${members} members, deliveries, ${way}`);
    const github = await lab.github(members);
    const house = await House.start(lab, way, github, SETTINGS);
    measured[way] = await play(house, github);
    await house.stop();
  }
  return rowsOf(members, measured);
}

async function play(house: House, github: Github): Promise<Measured> {
  const { url, secret } = await house.webhook();
  const organizationId = await github.organizationId();
  const send = async (person: Sent, action: string) => {
    const began = performance.now();
    const payload = memberEvent(organizationId, person, action);
    const { status } = await deliver(url, secret, { payload });
    if (status !== 202) throw new Error(`A delivery was answered with ${status}.`);
    return performance.now() - began;
  };
  const firstAnswers = await whileSyncing(house, github, send);
  const last = async () => (await house.runs())[0]?.id ?? 0;
  const took: number[] = [];
  const requests: number[] = [];
  for (let i = 0; i < ONE_AT_A_TIME; i++) {
    const after = await last();
    const people = i % 2 ? await github.join(1) : await github.leave(1);
    const began = performance.now();
    for (const person of people) await send(person, i % 2 ? 'member_added' : 'member_removed');
    const run = await house.nextRun(after);
    took.push(performance.now() - began);
    requests.push(run.github.requests);
  }
  tell(`  p50 ${seconds(percentile(took, 50))}, p99 ${seconds(percentile(took, 99))}`);
  const before = await last();
  const joined = await github.join(AT_ONCE);
  await pMap(joined, (person) => send(person, 'member_added'), { concurrency: CONNECTIONS });
  const hundred = await house.nextRun(before);
  const answers = await whileSyncing(house, github, send);
  const burst = await burstOf(house, github, send);
  return { took, requests, ofHundred: hundred.github.requests, firstAnswers, answers, ...burst };
}

type Sent = Pick<Person, 'id'> & Partial<Person>;

type Send = (person: Sent, action: string) => Promise<number>;

/** How long answers take while everybody is synced. Returns when nothing is left to be done. */
async function whileSyncing(house: House, github: Github, send: Send): Promise<number[]> {
  const ids = await github.ids();
  const { id } = await house.requestSync();
  const answers: number[] = [];
  do {
    for (const one of ids.slice(0, BETWEEN_LOOKS))
      answers.push(await send({ id: one }, 'member_added'));
  } while (!(await house.run(id)).finishedAt);
  await house.haveHandled();
  return answers;
}

async function burstOf(house: House, github: Github, send: Send) {
  const before = (await house.runs())[0]?.id ?? 0;
  const half = (BURST_PART * github.members) / 2;
  const people = [...(await github.leave(half)), ...(await github.join(half))];
  await pMap(people, (person) => send(person, 'member_removed'), { concurrency: CONNECTIONS });
  await house.haveHandled();
  const runs = (await house.runs()).filter(({ id }) => id > before);
  const ids = new Set(await house.activeIds());
  const truth = await github.ids();
  return {
    wholeRuns: runs.filter(({ scope }) => scope === 'everybody').length,
    isTrue: ids.size === truth.length && truth.every((id) => ids.has(id)),
  };
}

function rowsOf(members: number, measured: Record<Way, Measured>): Row[] {
  const each = (told: (of: Measured) => string) =>
    ways.map((way) => `${way} ${told(measured[way])}`).join('; ');
  const all = (isOk: (of: Measured) => boolean) => ways.every((way) => isOk(measured[way]));
  return [
    {
      what: `from the delivery to the committed change, ${count(members)} members, one at a time`,
      measured: each(
        ({ took }) => `p50 ${seconds(percentile(took, 50))}, p99 ${seconds(percentile(took, 99))}`,
      ),
      mustReach: `p50 at most ${seconds(P50_MS)}, p99 at most ${seconds(P99_MS)}`,
      ok: all(({ took }) => percentile(took, 50) <= P50_MS && percentile(took, 99) <= P99_MS),
    },
    {
      what: 'requests to GitHub for one hint; for 100 gathered',
      measured: each(({ requests, ofHundred }) => `${Math.max(...requests)}; ${ofHundred}`),
      mustReach: 'at most 6; at most 210',
      ok: all(({ requests, ofHundred }) => Math.max(...requests) <= 6 && ofHundred <= 210),
    },
    {
      what: `answer to a delivery while ${count(members)} are synced, for the first time and again`,
      measured: each((one) => `p50 ${p50(one.firstAnswers)} ms and ${p50(one.answers)} ms`),
      mustReach: 'p50 at most 50 ms',
      ok: all((one) =>
        [one.firstAnswers, one.answers].every((answers) => percentile(answers, 50) <= 50),
      ),
    },
    {
      what: `${count(BURST_PART * members)} deliveries in a burst for as many people of ${count(members)}`,
      measured: each(
        ({ wholeRuns, isTrue }) => `${isTrue ? 'the truth' : 'untrue'}, ${wholeRuns} whole runs`,
      ),
      mustReach: 'the truth afterwards; at most two whole runs',
      ok: all(({ wholeRuns, isTrue }) => isTrue && wholeRuns <= 2),
    },
  ];
}

const p50 = (values: number[]): string => percentile(values, 50).toFixed(1);
