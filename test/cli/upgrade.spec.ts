import { describe, expect, it } from 'vitest';
import { ways } from '../support/service.js';
import { WebClient } from '../support/web-client.js';
import { Load } from './support/load.js';
import { nextBuild } from './support/next-build.js';
import { stage } from './support/stage.js';

/** Everything at once, on a machine with two cores. */
const PATIENCE_MS = 90_000;

const ENDED = { code: 0, signal: null };

/** Expand only: what a process of the present release does not know hurts it not. */
const EXPAND = [
  'ALTER TABLE members ADD next_release varchar(20) NULL',
  'CREATE INDEX members_next_release ON members (next_release)',
];

/** A server of the present release with a directory, and people and programs who use it all the time. */
async function underLoad(way: object, members: number) {
  const staged = await stage({ ...way, members });
  const { start, connect, json, env } = staged;
  const { id } = await connect();
  await json(['sync', 'acme']);
  const { token } = await json(['token', 'load']);
  const old = start(['serve']);
  let url = await old.ready;
  const browser = new WebClient(url);
  await browser.post('/sign-in', {
    email: 'admin@localhost',
    password: env.ADMIN_PASSWORD ?? '',
  });
  const of = `/integrations/github/${id}`;
  const at = () => url;
  const headers = { Authorization: `Bearer ${token.value}` };
  const api = `/api/v1/integrations/${id}`;
  const loads = [
    new Load(at, [`${of}/members`, `${of}/runs`], { Cookie: browser.cookie }),
    new Load(at, [`${api}/members?limit=100`], headers),
  ];
  const request = async () => {
    const asked = await fetch(`${url}${api}/member-syncs`, { method: 'POST', headers });
    expect(asked.status).toBe(202);
    return ((await asked.json()) as { id: number }).id;
  };
  const ended = async (runId: number) => {
    let run: { finishedAt: string | null } | undefined;
    const isOver = async () => {
      const answer = await fetch(`${url}/api/v1/member-syncs/${runId}`, { headers });
      run = (await answer.json()) as typeof run;
      return run?.finishedAt;
    };
    await expect.poll(isOver, { timeout: PATIENCE_MS, interval: 100 }).toBeTruthy();
    return run;
  };
  return {
    ...staged,
    old,
    request,
    ended,
    move: (to: string) => {
      url = to;
    },
    /** Ends the load, in which nothing may have failed. */
    settle: async () => {
      await Promise.all(loads.map((load) => load.stop()));
      expect(loads.flatMap(({ failures }) => failures)).toEqual([]);
      for (const { answers } of loads) expect(answers).toBeGreaterThan(10);
    },
  };
}

describe.each(ways)('an upgrade, $way', { timeout: 2 * PATIENCE_MS }, (way) => {
  it('to a new build beside the old one fails no request and no run', async () => {
    const { old, request, ended, move, settle, env } = await underLoad(way, 10_000);
    const next = await nextBuild(EXPAND, env);
    const during = await request();
    const migrated = next(['migrate']);
    expect(await migrated.exited).toEqual(ENDED);
    expect(migrated.stdout).toContain('NextRelease');
    await ended(during);
    const beside = next(['serve']);
    move(await beside.ready);
    const handedOver = await request();
    old.signal('SIGTERM');
    expect(await old.exited).toEqual(ENDED);
    expect(await ended(handedOver)).toMatchObject({
      state: 'complete',
      result: { total: 10_000, failed: 0 },
    });
    await settle();
  });

  it('that fails in the middle leaves the old build at work, and goes on with a better one', async () => {
    const { old, request, ended, settle, env } = await underLoad(way, 300);
    const [first = '', ...rest] = EXPAND;
    const broken = (await nextBuild([first, 'ALTER TABLE no_such_table ADD x int'], env))([
      'migrate',
    ]);
    expect(await broken.exited).toEqual({ code: 1, signal: null });
    expect(broken.stderr).toMatch(/^rollcall: [^\n]*no_such_table[^\n]*\n$/);
    expect(await ended(await request())).toMatchObject({ state: 'complete' });
    const mended = (await nextBuild([first, ...rest], env))(['migrate', '--json']);
    expect(await mended.exited).toEqual(ENDED);
    expect(JSON.parse(mended.stdout).migrations).toHaveLength(1);
    await settle();
    old.signal('SIGTERM');
    expect(await old.exited).toEqual(ENDED);
  });
});
