import { setTimeout as delay } from 'node:timers/promises';
import { htmxPoll, type WebClient } from '../../support/web-client.js';
import { count, percentile, seconds } from '../support/figures.js';
import type { House } from '../support/house.js';
import { type Way, ways } from '../support/lab.js';
import type { Rounds } from '../support/rounds.js';
import type { Row } from '../support/row.js';
import { tell } from '../support/tell.js';

const MEMBERS = 100_000;

/** In ms: what a person takes for at once, with some room for the way to the server. */
const QUICK = 250;

/** How often the pages are looked at, in ms, and how often afterwards. */
const EVERY = 100;
const LOOKS = 200;

/** The budget of requests a minute makes it several minutes. In ms. */
const AT_MOST = 10 * 60_000;

/** How long each answer took, in ms. */
interface Looks {
  page: number[];
  progress: number[];
}

/** Everybody of a large organization, and pages that stay quick meanwhile, on servers as they really run. */
export async function large(rounds: Rounds): Promise<Row[]> {
  const rows: Row[] = [];
  const github = await rounds.lab.github(MEMBERS);
  for (const way of ways) {
    tell(`${MEMBERS} members on a server, ${way}`);
    const house = await rounds.house(way, MEMBERS);
    const watched = await watch(house);
    rows.push(row(way, watched, await missing(house, await github.ids())));
  }
  return rows;
}

async function watch(house: House) {
  const browser = await house.signIn();
  const [during, after] = [noLooks(), noLooks()];
  const { id } = await house.requestSync();
  const started = performance.now();
  for (;;) {
    const looks = await look(browser, house);
    const run = await house.run(id);
    // While it waits for GitHub, there is nothing to hold up a page.
    if (run.state === 'running') add(during, looks);
    const ms = performance.now() - started;
    if (run.finishedAt)
      return { state: run.state, ms, during, after: await rest(browser, house, after) };
    if (ms > AT_MOST) return { state: `still ${run.state}`, ms, during, after };
    await delay(EVERY);
  }
}

async function rest(browser: WebClient, house: House, after: Looks): Promise<Looks> {
  for (let i = 0; i < LOOKS; i++) add(after, await look(browser, house));
  return after;
}

async function look(browser: WebClient, { members }: House): Promise<[number, number]> {
  const page = await timed(() => browser.get(members));
  return [page, await timed(() => browser.get(`${members}/sync/progress`, htmxPoll))];
}

async function timed(get: () => Promise<{ status: number; text: string }>): Promise<number> {
  const started = performance.now();
  const { status, text } = await get();
  if (status !== 200) throw new Error(`A page answered with ${status}: ${text}`);
  return performance.now() - started;
}

const noLooks = (): Looks => ({ page: [], progress: [] });

function add(looks: Looks, [page, progress]: [number, number]): void {
  looks.page.push(page);
  looks.progress.push(progress);
}

/** Who is not there, or there twice, or too many. */
async function missing(house: House, expected: number[]): Promise<number> {
  const found = await house.activeIds();
  const ids = new Set(found);
  const absent = expected.filter((id) => !ids.has(id)).length;
  return absent + Math.abs(found.length - expected.length);
}

function row(way: Way, { state, ms, during, after }: Watched, wrong: number): Row {
  const slowest = Math.max(percentile(during.page, 99), percentile(during.progress, 99));
  return {
    what: `${count(MEMBERS)} members, ${way}, served meanwhile`,
    measured: [
      `${state} in ${seconds(ms)}, ${wrong === 0 ? 'every one there once' : `${count(wrong)} wrong`}`,
      `p50/p99 while it runs (afterwards): members page ${pair(during.page)} (${pair(after.page)}) ms`,
      `progress ${pair(during.progress)} (${pair(after.progress)}) ms, ${count(during.page.length)} looks`,
    ].join('; '),
    mustReach: `complete, every one there; p99 of both pages while it runs at most ${QUICK} ms`,
    ok: state === 'complete' && wrong === 0 && slowest <= QUICK,
  };
}

type Watched = Awaited<ReturnType<typeof watch>>;

const pair = (values: number[]): string =>
  `${percentile(values, 50).toFixed(0)}/${percentile(values, 99).toFixed(0)}`;
