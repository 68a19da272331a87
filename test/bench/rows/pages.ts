import { count, percentile, times } from '../support/figures.js';
import type { FilledParts } from '../support/fill-parts.js';
import type { House, Visit } from '../support/house.js';
import { type Way, ways } from '../support/lab.js';
import { MeasuredProcess } from '../support/measured-process.js';
import type { Rounds } from '../support/rounds.js';
import type { Row } from '../support/row.js';
import { tell } from '../support/tell.js';

/** Requests of each turn, after some that warm up both; they take turns, so that the machine's moods meet both. */
const REQUESTS = 1_000;
const TURNS = 3;
const WARM_UP = 500;

/** How long answers took, in ms, ours and those of the bare page. */
interface Race {
  ours: number[];
  bare: number[];
}

interface Page {
  what: string;
  visit: (house: House, parts: FilledParts) => Visit;
  connections: number;
  /** How many times the bare page's p50 it may take. */
  atMost: number;
}

/** Entries of the audit log that its filters are measured with. */
const AUDIT_ENTRIES = 1_000_000;

const PAGES: Page[] = [
  { what: 'members page', visit: ({ members }) => ({ path: members }), connections: 50, atMost: 3 },
  {
    what: 'search that finds one in twelve',
    visit: ({ members }) => ({ path: `${members}?q=lin` }),
    connections: 10,
    atMost: 10,
  },
  {
    what: 'search that finds nobody',
    visit: ({ members }) => ({ path: `${members}?q=lindy` }),
    connections: 10,
    atMost: 10,
  },
  {
    what: "somebody's page, with teams",
    visit: ({ members }, { personId }) => ({ path: `${members}/${personId}` }),
    connections: 10,
    atMost: 3,
  },
  {
    what: 'page of a GitHub team, up to 10,000 people',
    visit: ({ pages }, { githubTeamId }) => ({ path: `${pages}/github-teams/${githubTeamId}` }),
    connections: 10,
    atMost: 3,
  },
  {
    what: 'outside collaborators, one for a hundred members',
    visit: ({ pages }) => ({ path: `${pages}/collaborators` }),
    connections: 10,
    atMost: 3,
  },
  {
    what: 'audit log of 1,000,000 entries, one actor and action',
    visit: () => ({ path: '/audit?actor=user42%40example.com&action=member.disable' }),
    connections: 10,
    atMost: 3,
  },
  {
    what: 'audit log of 1,000,000 entries, one action of a month',
    visit: () => ({ path: '/audit?action=sync.request&since=2025-03-01&until=2025-03-31' }),
    connections: 10,
    atMost: 3,
  },
  {
    what: 'POST that asks for a sync',
    visit: ({ members }) => ({ path: `${members}/sync`, method: 'POST' }),
    connections: 50,
    atMost: 2,
  },
  // After the one before: it is a sync that has not ended which is polled.
  {
    what: 'progress partial',
    visit: ({ members }) => ({ path: `${members}/sync/progress` }),
    connections: 50,
    atMost: 2,
  },
];

/** What pages take next to a bare Nest route that renders a static hbs page of the same size. */
export async function pages(rounds: Rounds, sizes: number[]): Promise<Row[]> {
  const rows: Row[] = [];
  for (const members of sizes.filter((size) => size >= 10_000)) {
    const races: Record<Way, Race[]> = { embedded: [], 'MariaDB with Bull': [] };
    for (const way of ways) races[way] = await racesOf(rounds, way, members);
    PAGES.forEach((page, i) => {
      rows.push(row(page, members, (way) => races[way][i] ?? { ours: [], bare: [] }));
    });
  }
  return rows;
}

async function racesOf(rounds: Rounds, way: Way, members: number): Promise<Race[]> {
  const house = await rounds.house(way, members);
  await house.haveSynced();
  await house.fillAuditLog(AUDIT_ENTRIES);
  const parts = await house.fillParts();
  tell(`${members} members, pages, ${way}`);
  const headers = { cookie: (await house.signIn()).cookie };
  // GitHub lets the sync that is asked for wait, so that it is the request which is measured.
  await house.exhaustLimits();
  const races: Race[] = [];
  for (const page of PAGES) races.push(await race(house, page, parts, headers));
  return races;
}

async function race(
  house: House,
  page: Page,
  parts: FilledParts,
  headers: Record<string, string>,
): Promise<Race> {
  const { connections } = page;
  const visit = { method: 'GET', ...page.visit(house, parts) };
  const answer = await fetch(house.url + visit.path, { method: visit.method, headers });
  const bare = new MeasuredProcess('bare-pages');
  const load = new MeasuredProcess('load');
  const html = await answer.text();
  if (answer.status >= 400) throw new Error(`${visit.path}: ${answer.status}`);
  const bareUrl = await bare.call<string>('serve', { page: { method: visit.method, html } });
  const ask = (url: string, path: string, requests: number) =>
    load.call<number[]>('load', { ...visit, url, path, headers, connections, requests });
  const race: Race = { ours: [], bare: [] };
  for (let turn = 0; turn <= TURNS; turn++) {
    const requests = turn === 0 ? WARM_UP : REQUESTS;
    const [ours, its] = [
      await ask(house.url, visit.path, requests),
      await ask(bareUrl, '/page', requests),
    ];
    if (turn === 0) continue;
    race.ours.push(...ours);
    race.bare.push(...its);
  }
  await Promise.all([bare.end(), load.end()]);
  tell(`  ${page.what}: ${told(race)} (${html.length} characters)`);
  return race;
}

function row({ what, connections, atMost }: Page, members: number, of: (way: Way) => Race): Row {
  return {
    what: `${what}, ${count(members)} members, ${connections} connections, against a bare page of its size`,
    measured: ways.map((way) => `${way} ${told(of(way))}`).join('; '),
    mustReach: `p50 at most ${atMost} times`,
    ok: ways.every((way) => ratio(of(way)) <= atMost),
  };
}

const ratio = ({ ours, bare }: Race): number => percentile(ours, 50) / percentile(bare, 50);

const told = (race: Race): string =>
  `${times(ratio(race))} (p50/p99 ${pair(race.ours)} ms to ${pair(race.bare)} ms)`;

const pair = (values: number[]): string =>
  `${percentile(values, 50).toFixed(1)}/${percentile(values, 99).toFixed(1)}`;
